package io.precordia.train.average;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreFolder;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.train.export.ModelExport;
import io.precordia.train.recipe.AverageRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Averages the weights of models that were trained from the same start: one model that is about as
 * good as an ensemble of them and no slower than one (uniform model soup, Wortsman et al., ICML
 * 2022).
 */
public final class AverageJob {
  private final AverageRecipe recipe;
  private final List<Path> models;
  private final Path output;

  /**
   * @param recipeFile YAML; relative paths in it start at its folder
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  public AverageJob(Path recipeFile) {
    this.recipe = AverageRecipe.read(recipeFile);
    Path parent = recipeFile.toAbsolutePath().getParent();
    Path from = parent == null ? Path.of("") : parent;
    this.models = recipe.models().stream().map(m -> from.resolve(m).normalize()).toList();
    this.output = from.resolve(recipe.output()).normalize();
  }

  /**
   * @return the averaged model's folder
   * @throws PrecordiaException BAD_WEIGHTS if a folder is damaged or of another shape or tokenizer
   *     than the first
   */
  public Path run() {
    Path first = models.getFirst();
    MoreConfig config = MoreFolder.readConfig(first).config();
    ParameterSet mean = MoreFolder.readWeights(first, config);
    for (int i = 1; i < models.size(); i++) {
      requireSame(first, models.get(i), config);
      add(mean, MoreFolder.readWeights(models.get(i), config), 1.0 / (i + 1));
    }
    Path best = output.resolve("best");
    ModelExport.write(
        best, recipe.name(), recipe.version(), config, mean, first.resolve(ModelExport.TOKENIZER));
    return best;
  }

  /** mean ← mean + share · (other − mean). */
  private static void add(ParameterSet mean, ParameterSet other, double share) {
    for (ParameterSpec spec : mean.specs()) {
      float[] m = mean.values(spec.name());
      float[] o = other.values(spec.name());
      for (int i = 0; i < m.length; i++) {
        m[i] += (float) (share * ((double) o[i] - m[i]));
      }
    }
  }

  private static void requireSame(Path first, Path other, MoreConfig config) {
    try {
      boolean same =
          MoreFolder.readConfig(other).config().equals(config)
              && Files.mismatch(
                      first.resolve(ModelExport.TOKENIZER), other.resolve(ModelExport.TOKENIZER))
                  < 0;
      if (!same) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS,
            "models can only be averaged if configuration and tokenizer are the same; "
                + other
                + " differs from the first");
      }
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "a model folder has no readable tokenizer", e);
    }
  }
}
