package io.precordia.model.llm;

import io.precordia.model.hub.HubWeights;
import io.precordia.model.hub.TiedWeights;
import io.precordia.nn.ParameterSet;
import java.nio.file.Path;
import java.util.Map;

/** A language model as a hub folder holds it. */
public record CausalLmFolder(CausalLm model, ParameterSet weights) {
  /**
   * Reads configuration and weights; parameters have the names of the file.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  static CausalLmFolder open(Path folder) {
    CausalLmConfig config = CausalLmConfig.read(folder);
    CausalLm model = new CausalLm(config);
    TiedWeights tied =
        new TiedWeights(
            folder,
            config.tied()
                ? Map.of(CausalLm.HEAD + ".weight", CausalLm.EMBEDDING + ".weight")
                : Map.of());
    ParameterSet weights =
        HubWeights.load(
            folder,
            model.parameters(),
            tied.rename(),
            name -> tied.isCopy(name) || name.endsWith(".rotary_emb.inv_freq"));
    return new CausalLmFolder(model, weights);
  }
}
