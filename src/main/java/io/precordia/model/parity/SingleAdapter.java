package io.precordia.model.parity;

import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.model.HubModels;
import io.precordia.model.hub.AdapterNames;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.model.hub.VisionModel;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Tensor;
import io.precordia.weights.HostArray;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One PEFT folder over an encoder of images or texts, a two-tower model or a language model: every
 * output beside the base, and with the prefix {@code merged_} after merging.
 */
final class SingleAdapter {
  private static final String STATES = "last_hidden_state";

  private final Golden golden;
  private final DifferentiableOps ops;
  private final Map<String, Replayed> out = new HashMap<>();

  private SingleAdapter(Golden golden, DifferentiableOps ops) {
    this.golden = golden;
    this.ops = ops;
  }

  static Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    SingleAdapter replay = new SingleAdapter(golden, ops);
    Path base = golden.folder().resolve("base");
    String type = HubConfig.read(base).modelType();
    switch (type) {
      case "llama", "qwen3" -> replay.languageModel(type, CausalLm.open(base));
      case "bert", "roberta", "xlm-roberta" -> replay.texts(HubModels.text(base));
      case "clip", "siglip" -> replay.pair(HubModels.pair(base));
      default -> replay.images(HubModels.vision(base));
    }
    return replay.out;
  }

  private void images(HubModel<VisionModel> base) {
    Tensor x = pixels();
    both(
        base.type(),
        base.model().parameters(),
        base.weights(),
        (prefix, f) -> put(prefix + STATES, base.model().states(f, x), null));
  }

  private void texts(HubModel<TextModel> base) {
    TextBatch batch = GoldenTexts.read(golden);
    int @Nullable [] mask = batch.mask() == null ? null : batch.mask().flat();
    both(
        base.type(),
        base.model().parameters(),
        base.weights(),
        (prefix, f) -> put(prefix + STATES, base.model().states(f, batch), mask));
  }

  private void pair(HubModel<PairModel> base) {
    Tensor x = pixels();
    TextBatch batch = GoldenTexts.read(golden);
    both(
        base.type(),
        base.model().parameters(),
        base.weights(),
        (prefix, f) -> {
          put(prefix + "image_embeds", base.model().images(f, x), null);
          put(prefix + "text_embeds", base.model().texts(f, batch), null);
        });
  }

  private void languageModel(String type, CausalLmFolder base) {
    CausalLm model = base.model();
    Tensor ids = GoldenTokens.rows(golden, "input_ids").ids(ops, model.config().vocabulary());
    both(
        type,
        model.parameters(),
        base.weights(),
        (prefix, f) -> put(prefix + "logits", model.logits(f, ids, null), null));
  }

  private Tensor pixels() {
    HostArray pixels = golden.real("pixel_values");
    return ops.upload(pixels.values(), pixels.shape());
  }

  private void put(String name, Tensor x, int @Nullable [] mask) {
    out.put(name, mask == null ? Replayed.of(ops, x) : Replayed.masked(ops, x, mask));
  }

  /** Computes outputs whose names have this prefix. */
  private interface Pass {
    void run(String prefix, Forward f);
  }

  private void both(String type, List<ParameterSpec> declared, ParameterSet base, Pass pass) {
    PeftAdapter adapter =
        PeftFolder.read(
            golden.folder().resolve("adapter"), declared, new AdapterNames(type, declared));
    ParameterSet with = adapter.on(base);
    pass.run("", forward(with, adapter.adaptation().hooks()));
    pass.run("merged_", forward(adapter.adaptation().merge(with), Adapters.NONE));
  }

  private Forward forward(ParameterSet set, Adapters hooks) {
    return Forward.evaluation(ops, new FrozenParameters(ops, set), hooks);
  }
}
