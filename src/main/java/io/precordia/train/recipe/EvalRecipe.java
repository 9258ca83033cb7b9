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
 * @param probes whether linear probes and few-shot curves are fitted on the training split
 * @param robustnessRecords most records under each disturbance; 0 for no robustness curves
 * @param baselines file of a baselines recipe, whose scores are compared, or null
 * @param document Markdown document whose tables and plots are renewed, or null
 */
public record EvalRecipe(
    String model,
    @Nullable String data,
    String output,
    String split,
    long simulatedSeed,
    int simulatedCount,
    int resamples,
    long seed,
    boolean probes,
    int robustnessRecords,
    @Nullable String baselines,
    @Nullable String document) {
  public EvalRecipe {
    if (simulatedCount < 1
        || resamples < 1
        || robustnessRecords < 0
        || !split.matches("test|val|train")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "recipe: simulated_count and resamples must be at least 1, robustness_records at least 0,"
              + " split test, val or train");
    }
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static EvalRecipe read(Path file) {
    return RecipeFile.read(file, EvalRecipe.class);
  }
}
