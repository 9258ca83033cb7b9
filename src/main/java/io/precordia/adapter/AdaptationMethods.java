package io.precordia.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSpec;
import java.util.Collection;
import java.util.List;

/**
 * The adaptation methods by name, as recipes write them. A new method is one class and one line
 * here; {@code AdaptationContractTest} then runs over it.
 */
public final class AdaptationMethods {
  private static final List<Method> METHODS =
      List.of(
          new Method("lora", Lora::new),
          new Method("rslora", Lora::rankStabilised),
          new Method("dora", Dora::new),
          new Method("lora-ffn", GroupedLora::new),
          new Method("dylora", Dylora::new),
          new Method("glu", GluAdapter::new),
          new Method("houlsby", Houlsby::new),
          new Method("ia3", Ia3::new));

  private AdaptationMethods() {}

  /** Makes the adaptation of a model. */
  @FunctionalInterface
  private interface Factory {
    Adaptation create(LoraConfig config, Collection<ParameterSpec> base);
  }

  private record Method(String id, Factory factory) {}

  /** All names. */
  public static List<String> ids() {
    return METHODS.stream().map(Method::id).toList();
  }

  /**
   * The adaptation of a model by the named method.
   *
   * @param config settings; each method says which it uses
   * @param base parameters of the model
   * @throws PrecordiaException INVALID_CONFIGURATION if the name is unknown or the settings do not
   *     fit the model
   */
  public static Adaptation create(String id, LoraConfig config, Collection<ParameterSpec> base) {
    return METHODS.stream()
        .filter(m -> m.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new PrecordiaException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "no adaptation method '" + id + "'; known are " + String.join(", ", ids())))
        .factory()
        .create(config, base);
  }
}
