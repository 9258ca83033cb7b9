package io.precordia.model.parity;

import io.precordia.model.vqa.QFormer;
import io.precordia.model.vqa.QFormerPass;
import io.precordia.model.vqa.VqaFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Tensor;
import io.precordia.weights.HostArray;
import java.util.Map;

/** States of the Q-Former's queries, and of embedded text behind them where there is any. */
public final class QFormerReplay implements Replay {
  @Override
  public boolean replays(Golden golden) {
    return golden.model().equals("Blip2QFormerModel");
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    VqaFolder<QFormer> folder = QFormer.open(golden.folder());
    Forward f = Forward.evaluation(ops, folder.parameters(ops), Adapters.NONE);
    HostArray queries = golden.real("query_embeds");
    HostArray image = golden.real("encoder_hidden_states");
    Tensor mask =
        golden.hasInput("encoder_attention_mask")
            ? GoldenTokens.rows(golden, "encoder_attention_mask").mask(ops)
            : null;
    int count =
        golden.hasInput("query_length")
            ? golden.integers("query_length")[0]
            : Math.toIntExact(queries.shape()[1]);
    Tensor own =
        golden.hasInput("attention_mask")
            ? GoldenTokens.rows(golden, "attention_mask").mask(ops)
            : null;
    Tensor states =
        folder
            .model()
            .apply(
                f,
                ops.upload(queries.values(), queries.shape()),
                new QFormerPass(count, own, ops.upload(image.values(), image.shape()), mask));
    return Map.of("last_hidden_state", Replayed.of(ops, states));
  }
}
