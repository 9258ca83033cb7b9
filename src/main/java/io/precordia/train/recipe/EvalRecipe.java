package io.precordia.train.recipe;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation, read from YAML; relative paths start at the recipe's folder.
 *
 * @param model model folder
 * @param data folder as in training, or null for the simulator alone
 * @param output folder for evaluation.json
 * @param split {@code test}, {@code val} or {@code train}
 * @param simulatedSeed population that training never saw
 * @param simulatedCount triples
 * @param resamples bootstrap resamples
 * @param seed of the bootstrap
 */
public record EvalRecipe(
    String model,
    @Nullable String data,
    String output,
    String split,
    long simulatedSeed,
    int simulatedCount,
    int resamples,
    long seed) {
  public EvalRecipe {
    if (simulatedCount < 1 || resamples < 1 || !split.matches("test|val|train")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "recipe: simulated_count and resamples must be at least 1, split test, val or train");
    }
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static EvalRecipe read(Path file) {
    return RecipeFile.read(file, EvalRecipe.class);
  }
}
