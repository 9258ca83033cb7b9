package io.precordia.train.recipe;

import static io.precordia.train.recipe.RecipeFile.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation of a model on a folder of radiographs or ECGs with a CSV manifest, read from YAML.
 * Every key is required, also where its value is null; unknown keys are refused. Relative paths
 * start at the recipe's folder.
 *
 * @param kind always {@value #KIND}; it tells this recipe from an {@link EvalRecipe}
 * @param model model folder
 * @param folder files in any format that the service takes
 * @param manifest CSV file with a header line, relative to {@code folder}
 * @param output folder for folder.json
 * @param columns names of the manifest's columns
 * @param split only rows whose split column has this value; null for all rows
 * @param separator between the labels of one cell, for example {@code |}
 * @param labels label as in the manifest to what the model is asked
 * @param resamples bootstrap resamples
 * @param seed of the bootstrap
 */
public record FolderRecipe(
    String kind,
    String model,
    String folder,
    String manifest,
    String output,
    Columns columns,
    @Nullable String split,
    String separator,
    Map<String, Question> labels,
    int resamples,
    long seed) {
  /** Value of the key {@code kind}. */
  public static final String KIND = "folder";

  /**
   * Columns of the manifest.
   *
   * @param file relative to the folder; a WFDB record may be named without {@code .hea}
   * @param subject patient; records of one patient are drawn together
   * @param labels cell with all labels of a row, a label that it lacks being absent; null if each
   *     label is a column of its own with 1, 0 or anything else for unknown
   * @param report text of the row, for retrieval; null for none
   * @param group subsets that figures are also given for, for example the view; null for none
   * @param split null for none
   */
  public record Columns(
      String file,
      String subject,
      @Nullable String labels,
      @Nullable String report,
      @Nullable String group,
      @Nullable String split) {}

  /**
   * What stands for a label: the id of a known fact, or own sentences.
   *
   * @param fact id, null with own sentences
   * @param asserting sentences (key {@code assert}) that hold where the label does
   * @param denying sentences (key {@code deny}) that hold where it does not; may be empty, and
   *     count in full
   */
  public record Question(@Nullable String fact, List<String> asserting, List<String> denying) {
    private static final Set<String> KEYS = Set.of("assert", "deny");

    public Question {
      asserting = List.copyOf(asserting);
      denying = List.copyOf(denying);
    }

    /** A string is a fact's id; an object has sentences. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Question of(JsonNode node) {
      if (node.isTextual()) {
        return new Question(node.asText(), List.of(), List.of());
      }
      node.fieldNames()
          .forEachRemaining(
              key ->
                  require(KEYS.contains(key), "labels: a label has assert and deny, not " + key));
      List<String> asserting = sentences(node.path("assert"));
      require(!asserting.isEmpty(), "labels: a fact's id or at least one sentence under assert");
      return new Question(null, asserting, sentences(node.path("deny")));
    }

    private static List<String> sentences(JsonNode list) {
      List<String> out = new ArrayList<>();
      list.forEach(s -> out.add(s.asText()));
      require(out.stream().noneMatch(String::isBlank), "labels: a sentence is empty");
      return out;
    }
  }

  public FolderRecipe {
    require(KIND.equals(kind), "kind must be folder");
    require(resamples >= 1, "resamples must be at least 1");
    require(
        columns != null && columns.file != null && columns.subject != null,
        "columns: file and subject are needed");
    require(split == null || columns.split != null, "split needs columns.split");
    require(
        labels != null && separator != null && !separator.isEmpty(),
        "labels and separator must not be null");
    require(
        !labels.isEmpty() || columns.report != null, "labels, or columns.report, must be given");
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Whether a recipe file is of this kind. */
  public static boolean describes(Path file) {
    return KIND.equals(RecipeFile.kind(file));
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  public static FolderRecipe read(Path file) {
    return RecipeFile.read(file, FolderRecipe.class);
  }
}
