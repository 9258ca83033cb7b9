package io.precordia.train.eval;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import io.precordia.train.metrics.Abstention;
import io.precordia.train.metrics.PlattScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What turns a zero-shot score into the probability that a finding is present. It belongs to one
 * set of weights and travels in their folder.
 *
 * @param split split of the real data that it was fitted on
 * @param denialWeight how much what denies a finding counts against what asserts it, {@link
 *     PromptEnsemble#direction}; files of version 0.3 do not say, and it is 1
 * @param labels calibrated facts
 * @param vocabularies what the weights were trained to name, one for each modality; empty for
 *     weights that do not say
 */
public record Calibration(
    String split,
    Double denialWeight,
    List<Label> labels,
    @Nullable List<KnownVocabulary> vocabularies) {
  /** Name inside a model folder. */
  public static final String FILE = "calibration.json";

  /** For weights that carry none. */
  public static final Calibration NONE = new Calibration("none", List.of());

  public Calibration {
    Objects.requireNonNull(split);
    // JSON binding lets null through where the types say there is none
    denialWeight = Objects.requireNonNullElse(denialWeight, 1.0);
    labels = List.copyOf(labels);
    vocabularies = vocabularies == null ? List.of() : List.copyOf(vocabularies);
  }

  /** Of weights that say neither how denials count nor what they were trained to name. */
  public Calibration(String split, List<Label> labels) {
    this(split, 1.0, labels, List.of());
  }

  /**
   * One fact of one modality.
   *
   * @param names how a caller may call it
   * @param assertions prompts that assert it
   * @param denials prompts that deny it
   * @param scaling of the product of a study's vector and the prompts' direction
   * @param records studies with a known answer
   * @param positives those that show it
   * @param abstention when the probability is too near one half to decide; null in files of version
   *     0.2
   * @param trainingPositives real studies of the training split that show it; null if unknown
   * @param broader facts that it implies, at any distance; null in files of version 0.3
   */
  public record Label(
      String fact,
      Modality modality,
      List<String> names,
      List<String> assertions,
      List<String> denials,
      PlattScaling scaling,
      int records,
      int positives,
      @Nullable Abstention abstention,
      @Nullable Integer trainingPositives,
      @Nullable List<String> broader) {
    public Label {
      Objects.requireNonNull(fact);
      Objects.requireNonNull(modality);
      Objects.requireNonNull(scaling);
      names = List.copyOf(names);
      assertions = List.copyOf(assertions);
      denials = List.copyOf(denials);
      broader = broader == null ? List.of() : List.copyOf(broader);
    }

    /** The same label with another threshold. */
    Label with(Abstention threshold) {
      return new Label(
          fact,
          modality,
          names,
          assertions,
          denials,
          scaling,
          records,
          positives,
          threshold,
          trainingPositives,
          broader);
    }

    /** Whether whatever shows this shows that other fact too. */
    boolean implies(Label other) {
      return modality == other.modality && Objects.requireNonNull(broader).contains(other.fact);
    }

    /** What is decided at the stated coverage; null for a label that has no threshold. */
    public @Nullable Decision decision(double probability) {
      return abstention == null ? null : Decision.of(abstention, probability);
    }
  }

  /**
   * Probability that a finding is there: its own, but no more than that of any finding that it
   * implies. Labels are scaled one by one, and a study unlike those that they were fitted on may
   * make a bacterial pneumonia likelier than a pneumonia.
   *
   * @param score of a study for a label: product of its vector and the prompts' direction
   */
  public double presence(Label label, ToDoubleFunction<Label> score) {
    double least = label.scaling().probability(score.applyAsDouble(label));
    for (Label other : labels) {
      if (label.implies(other)) {
        least = Math.min(least, other.scaling().probability(score.applyAsDouble(other)));
      }
    }
    return least;
  }

  /**
   * The same of many studies.
   *
   * @param scores of each study, by fact; at least those of the label's modality that are
   *     calibrated
   */
  double[] presences(Label label, Map<String, double[]> scores) {
    double[] out = new double[Objects.requireNonNull(scores.get(label.fact())).length];
    for (int i = 0; i < out.length; i++) {
      int study = i;
      out[i] = presence(label, l -> Objects.requireNonNull(scores.get(l.fact()))[study]);
    }
    return out;
  }

  /** The vocabulary of a modality, if the weights carry one. */
  public Optional<KnownVocabulary> vocabulary(Modality modality) {
    return Objects.requireNonNull(vocabularies).stream()
        .filter(v -> v.modality() == modality)
        .findFirst();
  }

  /** The calibrated fact that a caller's label names, whatever its case. */
  public Optional<Label> find(Modality modality, String label) {
    String name = label.strip().toLowerCase(Locale.ROOT);
    return labels.stream()
        .filter(l -> l.modality() == modality)
        .filter(l -> l.names().contains(name) || l.fact().replace('-', ' ').equals(name))
        .findFirst();
  }

  /**
   * Reads a model folder's calibration; {@link #NONE} if it has none.
   *
   * @throws PrecordiaException BAD_WEIGHTS if the file is malformed
   */
  public static Calibration read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    try {
      return JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build()
          .readValue(Files.readAllBytes(file), Calibration.class);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "calibration.json of the model folder is malformed", e);
    }
  }

  /** Writes the file; the folder's checksums are the caller's business. */
  public void write(Path folder) {
    try {
      JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve(FILE).toFile(), this);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "calibration.json cannot be written into the model folder", e);
    }
  }
}
