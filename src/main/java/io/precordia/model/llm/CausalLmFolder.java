package io.precordia.model.llm;

import io.precordia.model.hub.HubWeights;
import io.precordia.model.hub.TiedWeights;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.Parameters;
import io.precordia.nn.StoredParameters;
import io.precordia.tensor.Ops;
import java.nio.file.Path;
import java.util.Map;

/**
 * A language model as a hub folder holds it.
 *
 * @param stored where its values lie, under the names of the file
 */
public record CausalLmFolder(CausalLm model, StoredParameters stored) {
  private static final String BODY = "model.";
  private static final String NORM = "norm.weight";

  /**
   * Reads configuration and headers; parameters have the names of the file.
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
    StoredParameters stored =
        HubWeights.open(
            folder,
            model.parameters(),
            name -> full(tied.rename().apply(name)),
            name -> tied.isCopy(name) || name.endsWith(".rotary_emb.inv_freq"));
    return new CausalLmFolder(model, stored);
  }

  /** The name within the whole model: the model without its head writes its own without prefix. */
  private static String full(String name) {
    return name.startsWith("layers.") || name.startsWith("embed_tokens.") || name.equals(NORM)
        ? BODY + name
        : name;
  }

  /** All values on the host, for training and merging; each call reads the file anew. */
  public ParameterSet weights() {
    return stored.read();
  }

  /** The values on a device for inference, each uploaded at its first use. */
  public Parameters parameters(Ops ops) {
    return stored.on(ops);
  }
}
