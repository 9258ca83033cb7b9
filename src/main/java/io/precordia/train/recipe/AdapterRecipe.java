package io.precordia.train.recipe;

import static io.precordia.train.recipe.RecipeFile.require;

import io.precordia.adapter.LoraConfig;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Training of a site adapter on the studies of a data directory, read from YAML. Every key is
 * required, also where its value is null; unknown keys are refused. Relative paths start at the
 * recipe's folder.
 *
 * @param kind always {@value #KIND}; it tells this recipe from a {@link Recipe}
 * @param name of the run, for its metrics
 * @param base MoRE model folder, which is not changed
 * @param method {@code lora} or {@code rslora}: what the service can serve
 * @param rank r, 1 to 256
 * @param alpha α; the update is scaled by α/r, or α/√r for rslora
 * @param dropout probability on the adapter's input in training, in [0, 1)
 * @param within path prefix of the adapted part, {@code report.} for the report transformer; empty
 *     for the whole model
 * @param targets last path segments of the adapted layers
 * @param dataDir data directory of the service, closed at the time; null for the configured one
 * @param filter which radiographs and ECGs to train on, as in a search; null for all
 * @param device {@code cpu} or {@code gpu}
 * @param steps optimiser steps
 * @param batch most pairs of each kind in a step, 2 to 4096; one subject gives at most one of each
 * @param peak highest learning rate, reached after {@code warmup} steps
 * @param floor learning rate at the last step
 * @param seed drives split, initialisation, batches, masks and augmentation
 * @param validationShare share of the subjects that is set aside, 0 to 0.5; 0 for no validation
 * @param output folder for {@code adapter/} and {@code metrics.jsonl}
 * @param register adapter name under which the data directory keeps the result; null for none
 */
public record AdapterRecipe(
    String kind,
    String name,
    String base,
    String method,
    int rank,
    double alpha,
    double dropout,
    String within,
    List<String> targets,
    @Nullable String dataDir,
    @Nullable String filter,
    String device,
    int steps,
    int batch,
    double peak,
    double floor,
    int warmup,
    long seed,
    double validationShare,
    String output,
    @Nullable String register) {
  /** Value of the key {@code kind}. */
  public static final String KIND = "adapter";

  private static final int LARGEST_RANK = 256;
  private static final int LARGEST_BATCH = 4096;

  public AdapterRecipe {
    require(KIND.equals(kind), "kind must be adapter");
    requireText("name", name);
    requireText("base", base);
    requireText("output", output);
    require(within != null, "within must not be null; write \"\" for the whole model");
    require(
        "lora".equals(method) || "rslora".equals(method),
        "method must be lora or rslora; adapters of other methods cannot be served");
    require(targets != null && !targets.isEmpty(), "targets needs at least one layer name");
    targets = List.copyOf(targets);
    require(rank >= 1 && rank <= LARGEST_RANK, "rank must lie in 1 to " + LARGEST_RANK);
    require(alpha > 0 && Double.isFinite(alpha), "alpha must be above 0");
    require(dropout >= 0 && dropout < 1, "dropout must lie in 0 to below 1");
    require("cpu".equals(device) || "gpu".equals(device), "device must be cpu or gpu");
    require(batch >= 2 && batch <= LARGEST_BATCH, "batch must lie in 2 to " + LARGEST_BATCH);
    require(warmup >= 0 && steps > warmup, "steps must exceed warmup");
    require(floor >= 0 && peak >= floor && peak <= 1, "peak must lie in floor to 1");
    require(
        validationShare >= 0 && validationShare <= 0.5, "validation_share must lie in 0 to 0.5");
  }

  /** Whether a recipe file is of this kind. */
  public static boolean describes(Path file) {
    return KIND.equals(RecipeFile.kind(file));
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static AdapterRecipe read(Path file) {
    return RecipeFile.read(file, AdapterRecipe.class);
  }

  /** The method's settings; biases stay as they are, so that the adapter is its factors alone. */
  public LoraConfig settings() {
    return new LoraConfig(rank, alpha, dropout, within, targets, LoraConfig.BiasMode.NONE);
  }

  private static void requireText(String key, @Nullable String value) {
    require(value != null && !value.isBlank(), key + " must not be empty");
  }
}
