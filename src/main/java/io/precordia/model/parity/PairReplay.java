package io.precordia.model.parity;

import io.precordia.model.HubModels;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Tensor;
import io.precordia.weights.HostArray;
import java.util.Map;
import java.util.Set;

/** Embeddings and logits of two-tower models. */
public final class PairReplay implements Replay {
  @Override
  public boolean replays(Golden golden) {
    return Set.of("CLIPModel", "SiglipModel").contains(golden.model());
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    HubModel<PairModel> opened = HubModels.pair(golden.folder());
    PairModel model = opened.model();
    Forward f = Forward.evaluation(ops, opened.parameters(ops), Adapters.NONE);
    HostArray pixels = golden.real("pixel_values");
    Tensor images = model.images(f, ops.upload(pixels.values(), pixels.shape()));
    Tensor texts = model.texts(f, GoldenTexts.read(golden));
    Tensor logits = model.logits(f, images, texts);
    return Map.of(
        "image_embeds", Replayed.of(ops, images),
        "text_embeds", Replayed.of(ops, texts),
        "logits_per_image", Replayed.of(ops, logits),
        "logits_per_text", Replayed.of(ops, ops.permute(logits, 1, 0)));
  }
}
