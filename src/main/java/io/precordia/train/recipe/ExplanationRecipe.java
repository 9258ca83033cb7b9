package io.precordia.train.recipe;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Figures of explanations, read from YAML; relative paths start at the recipe's folder.
 *
 * @param kind {@value #KIND}
 * @param model model folder
 * @param output folder for explanations.json
 * @param document Markdown whose tables are renewed, null for none
 * @param simulatedSeed population that training never saw
 * @param candidates patients of it to look through
 * @param positives radiographs per finding at most
 * @param ecgPositives ECGs per finding at most
 * @param sanity of them, studies per finding for the sanity checks
 * @param resamples bootstrap resamples
 * @param seed of the bootstrap and of the randomised weights
 */
public record ExplanationRecipe(
    String kind,
    String model,
    String output,
    @Nullable String document,
    long simulatedSeed,
    int candidates,
    int positives,
    int ecgPositives,
    int sanity,
    int resamples,
    long seed) {
  public static final String KIND = "explanations";

  public ExplanationRecipe {
    if (!kind.equals(KIND)
        || candidates < 1
        || positives < 1
        || ecgPositives < 1
        || sanity < 0
        || sanity > positives
        || resamples < 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "recipe: kind must be explanations, counts at least 1, sanity 0 to positives");
    }
  }

  /** Whether the file says that it is such a recipe. */
  public static boolean is(Path file) {
    return KIND.equals(RecipeFile.kind(file));
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static ExplanationRecipe read(Path file) {
    return RecipeFile.read(file, ExplanationRecipe.class);
  }
}
