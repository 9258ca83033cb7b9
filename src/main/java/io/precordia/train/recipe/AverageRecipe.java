package io.precordia.train.recipe;

import static io.precordia.train.recipe.RecipeFile.require;

import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import java.util.List;

/**
 * Average of trained models, read from YAML. Every key is required; unknown keys are refused.
 * Relative paths start at the recipe's folder.
 *
 * @param kind always {@value #KIND}; it tells this recipe from a {@link Recipe}
 * @param name id of the averaged model
 * @param version its version
 * @param models two or more MoRE model folders of one shape and tokenizer, as a rule {@code best}
 *     of runs that started from the same weights
 * @param output folder that gets the model in {@code best}
 */
public record AverageRecipe(
    String kind, String name, String version, List<String> models, String output) {
  /** Value of the key {@code kind}. */
  public static final String KIND = "average";

  public AverageRecipe {
    require(KIND.equals(kind), "kind must be average");
    require(name != null && !name.isBlank(), "name must not be empty");
    require(version != null && !version.isBlank(), "version must not be empty");
    require(output != null && !output.isBlank(), "output must not be empty");
    require(
        models != null && models.size() >= 2 && models.stream().noneMatch(String::isBlank),
        "models needs two or more model folders");
    models = List.copyOf(models);
  }

  /** Whether a recipe file is of this kind. */
  public static boolean describes(Path file) {
    return KIND.equals(RecipeFile.kind(file));
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static AverageRecipe read(Path file) {
    return RecipeFile.read(file, AverageRecipe.class);
  }
}
