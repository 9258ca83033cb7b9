package io.precordia.model.parity;

import io.precordia.model.HubModels;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Tensor;
import java.util.Map;
import java.util.Set;

/** States of text encoders, padded positions left out, and their pooled output. */
public final class TextReplay implements Replay {
  private static final Set<String> MODELS =
      Set.of("BertModel", "RobertaModel", "XLMRobertaModel", "CLIPTextModel", "SiglipTextModel");

  @Override
  public boolean replays(Golden golden) {
    return MODELS.contains(golden.model());
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    HubModel<TextModel> opened = HubModels.text(golden.folder());
    Forward f = Forward.evaluation(ops, opened.parameters(ops), Adapters.NONE);
    TextBatch batch = GoldenTexts.read(golden);
    Tensor states = opened.model().states(f, batch);
    return Map.of(
        "last_hidden_state",
        batch.mask() == null
            ? Replayed.of(ops, states)
            : Replayed.masked(ops, states, batch.mask().flat()),
        "pooler_output",
        Replayed.of(ops, opened.model().pooledOf(f, states, batch)));
  }
}
