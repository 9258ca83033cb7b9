package io.precordia.train.recipe;

import static io.precordia.train.recipe.RecipeFile.require;

import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training run, read from YAML. Every key is required unless said otherwise; unknown keys are
 * refused.
 *
 * @param name id of the weights
 * @param version version of the weights
 * @param seed drives initialisation, batches, masks and augmentation
 * @param device {@code cpu} or {@code gpu}
 * @param data folder with {@code xray/kermany}, {@code xray/nih} and {@code ecg/ptbxl}, relative to
 *     the recipe; absent sources are an error unless their weight is 0 in every stage
 * @param output folder of checkpoints, metrics and the exported model, relative to the recipe
 * @param model decisions about the model; the sizes are {@code MoreConfig.small}
 * @param start model folder whose weights and tokenizer the run starts from, relative to the
 *     recipe; null for a random start
 * @param vocabulary most pieces of the tokenizer; without effect with {@code start}
 * @param simulator simulated patients
 * @param validateEvery steps between validations
 * @param stages trained one after the other
 */
public record Recipe(
    String name,
    String version,
    long seed,
    String device,
    @Nullable String data,
    String output,
    Model model,
    @Nullable String start,
    int vocabulary,
    Simulator simulator,
    int validateEvery,
    List<Stage> stages) {

  /**
   * @param stem channels of the fine stem, 0 for none
   * @param dropKeyFirst share of keys dropped in the first block of both ViTs, 0 to below 1
   * @param dropKeyLast the same in the last block; between them linear
   */
  public record Model(int stem, double dropKeyFirst, double dropKeyLast) {}

  /** What a stage minimises. */
  public enum Objective {
    /** Softmax over the batch (specification 1.6). */
    INFONCE,
    /** Independent pair probabilities (Zhai et al., ICCV 2023). */
    SIGMOID,
    /**
     * Hidden parts of radiographs and ECGs are told from the rest ({@code train.masked}); reports
     * and heads rest. A warm-up: a stage with another objective follows.
     */
    MASKED
  }

  /**
   * @param seed of the training population
   * @param count training triples
   * @param validationSeed of another population
   * @param validationCount validation triples
   */
  public record Simulator(long seed, int count, long validationSeed, int validationCount) {}

  /**
   * One stage.
   *
   * @param steps optimiser steps, one micro-batch each
   * @param batch pairs of each kind in a micro-batch; the negatives of a row come from it alone
   * @param peak highest learning rate, reached after {@code warmup} steps
   * @param floor learning rate at the last step
   * @param decay weight decay of matrices
   * @param simulated share of simulated triples in a batch, 0 to 1
   * @param kermany share of Kermany among the real radiographs, 0 to 1; the rest are NIH
   * @param xrayEcg weight of the X-ray–ECG term over the simulated triples
   * @param regions weight of the term that asks patches of simulated radiographs what they show, 0
   *     for none
   * @param focus ids of facts that are rare or small and are dwelt on, may be empty
   * @param focusShare chance that a triple is drawn among those with one of them, 0 to 1
   * @param objective loss over the pairs, or masked modelling
   * @param masking whether a text that may be true of another study is no negative for it
   * @param lora whether the report transformer is frozen but for LoRA and biases
   */
  public record Stage(
      int steps,
      int batch,
      double peak,
      double floor,
      int warmup,
      double decay,
      double simulated,
      double kermany,
      double xrayEcg,
      double regions,
      List<String> focus,
      double focusShare,
      Objective objective,
      boolean masking,
      boolean lora) {
    public Stage {
      focus = List.copyOf(focus);
    }
  }

  public Recipe {
    stages = List.copyOf(stages);
    require(device.equals("cpu") || device.equals("gpu"), "device must be cpu or gpu");
    require(vocabulary >= 512 && vocabulary <= 65_536, "vocabulary must lie in 512 to 65536");
    require(simulator.count() >= 1 && simulator.validationCount() >= 1, "simulator counts");
    require(simulator.seed() != simulator.validationSeed(), "simulator seeds must differ");
    require(validateEvery >= 1, "validate_every must be at least 1");
    require(
        model.stem() >= 0 && model.stem() % 2 == 0 && model.stem() <= 256,
        "model.stem must be even, 0 to 256");
    require(
        ratio(model.dropKeyFirst()) && ratio(model.dropKeyLast()),
        "drop_key_first and drop_key_last must lie in 0 to below 1");
    require(!stages.isEmpty(), "at least one stage is needed");
    require(
        stages.getLast().objective() != Objective.MASKED,
        "the last stage cannot be masked: a masked stage leaves the shared space untrained");
    for (Stage s : stages) {
      require(s.objective() != Objective.MASKED || !s.lora(), "a masked stage has no lora");
      require(s.steps() > s.warmup() && s.warmup() >= 0, "steps must exceed warmup");
      require(s.batch() >= 2 && s.batch() <= 4096, "batch must lie in 2 to 4096");
      require(s.peak() >= s.floor() && s.floor() >= 0, "peak must be at least floor");
      require(share(s.simulated()) && share(s.kermany()), "shares must lie in 0 to 1");
      require(share(s.focusShare()), "shares must lie in 0 to 1");
      require(data != null || s.simulated() == 1, "real data need the key data");
      require(
          s.decay() >= 0 && s.xrayEcg() >= 0 && s.regions() >= 0,
          "decay, xray_ecg and regions must not be negative");
    }
  }

  private static boolean ratio(double x) {
    return x >= 0 && x < 1;
  }

  private static boolean share(double x) {
    return x >= 0 && x <= 1;
  }

  /** Number of triples among the pairs of a micro-batch. */
  public static int simulated(Stage stage) {
    return (int) Math.round(stage.simulated() * stage.batch());
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static Recipe read(Path file) {
    return RecipeFile.read(file, Recipe.class);
  }
}
