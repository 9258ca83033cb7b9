package io.precordia.train.optim;

import io.precordia.nn.ParameterSpec;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters train, in which group, and how each group is treated.
 *
 * @param assignment group of a parameter, null to freeze it
 * @param options options of every group named by the assignment
 */
public record ParameterGroups(
    Function<ParameterSpec, @Nullable String> assignment, Map<String, Options> options) {
  /** Weights, kernels and tables: decayed. */
  public static final String DECAYED = "decayed";

  /** Biases, norm gains and the temperature: not decayed. */
  public static final String PLAIN = "plain";

  /**
   * @param weightDecay decoupled decay per unit of learning rate
   * @param rateScale factor of the scheduled learning rate
   */
  public record Options(double weightDecay, double rateScale) {}

  /**
   * Everything that passes trains; matrices and tables decay, vectors and the temperature do not.
   */
  public static ParameterGroups standard(double weightDecay, Predicate<ParameterSpec> trainable) {
    return new ParameterGroups(
        spec -> {
          if (!trainable.test(spec)) {
            return null;
          }
          return switch (spec.role()) {
            case WEIGHT, EMBEDDING -> DECAYED;
            case BIAS, GAIN, SCALAR -> PLAIN;
            case BUFFER -> null;
          };
        },
        Map.of(DECAYED, new Options(weightDecay, 1), PLAIN, new Options(0, 1)));
  }
}
