package io.precordia.train.recipe;

import static io.precordia.train.recipe.RecipeFile.require;

import io.precordia.error.PrecordiaException;
import java.nio.file.Path;

/**
 * Training of the simple rivals that an evaluation compares with, read from YAML; relative paths
 * start at the recipe's folder.
 *
 * @param kind always {@value #KIND}
 * @param model model folder whose sizes the untrained encoder takes; its weights are not used
 * @param data folder as in training
 * @param output file of the scores
 * @param device {@code cpu} or {@code gpu}
 * @param ecgEpochs epochs of the ECG network
 * @param filmEpochs epochs of the film networks
 * @param seed of initialisation, order and augmentation
 */
public record BaselineRecipe(
    String kind,
    String model,
    String data,
    String output,
    String device,
    int ecgEpochs,
    int filmEpochs,
    long seed) {
  /** Value of the key {@code kind}. */
  public static final String KIND = "baselines";

  public BaselineRecipe {
    require(KIND.equals(kind), "kind must be baselines");
    require("cpu".equals(device) || "gpu".equals(device), "device must be cpu or gpu");
    require(ecgEpochs >= 1 && filmEpochs >= 1, "epochs must be at least 1");
  }

  /** Whether a recipe file is of this kind. */
  public static boolean describes(Path file) {
    return KIND.equals(RecipeFile.kind(file));
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static BaselineRecipe read(Path file) {
    return RecipeFile.read(file, BaselineRecipe.class);
  }
}
