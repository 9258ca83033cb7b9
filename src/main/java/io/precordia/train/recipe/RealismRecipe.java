package io.precordia.train.recipe;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How far the simulator is from real data, read from YAML; relative paths start at the recipe's
 * folder.
 *
 * @param kind {@value #KIND}
 * @param model model folder whose features tell the sources apart
 * @param data folder as in training; its validation split is used
 * @param output folder for realism.json
 * @param xrayDocument Markdown whose tables of radiographs are renewed, null for none
 * @param ecgDocument the same for ECGs
 * @param simulatedSeed population that training never saw
 * @param count studies of each source at most
 * @param folds of the cross-validation by patient
 * @param lambda penalty of the classifier
 * @param resamples bootstrap resamples
 * @param seed of folds and bootstrap
 */
public record RealismRecipe(
    String kind,
    String model,
    String data,
    String output,
    @Nullable String xrayDocument,
    @Nullable String ecgDocument,
    long simulatedSeed,
    int count,
    int folds,
    double lambda,
    int resamples,
    long seed) {
  public static final String KIND = "realism";

  public RealismRecipe {
    if (!kind.equals(KIND) || count < folds || folds < 2 || !(lambda > 0) || resamples < 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "recipe: kind must be realism, folds at least 2, count at least folds, lambda above 0");
    }
  }

  /** Whether the file says that it is such a recipe. */
  public static boolean is(Path file) {
    return KIND.equals(RecipeFile.kind(file));
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static RealismRecipe read(Path file) {
    return RecipeFile.read(file, RealismRecipe.class);
  }
}
