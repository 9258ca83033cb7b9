package io.precordia.train.folder;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import io.precordia.train.eval.Figure;
import io.precordia.train.eval.PromptEnsemble;
import io.precordia.train.eval.ScoredGallery;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.recipe.FolderRecipe;
import io.precordia.train.retrieval.PartnerRetrieval;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores a model on somebody's own files: zero-shot AUROC, AUPRC and sensitivity for each label of
 * the manifest, whole and by group, and retrieval between files and reports. Files are decoded and
 * embedded as the service does; one that cannot be is counted by its error code.
 */
public final class FolderJob {
  private static final int CHUNK = 64;
  private final FolderRecipe recipe;
  private final Path folder;
  private final Path output;
  private final Evidence evidence;
  private final IntConsumer progress;
  private final ClusterBootstrap bootstrap;
  private final FactVocabulary facts = FactVocabulary.standard();

  /**
   * @param base folder of the recipe
   * @param progress gets the number of files that are done
   */
  public FolderJob(FolderRecipe recipe, Path base, Evidence evidence, IntConsumer progress) {
    this.recipe = recipe;
    this.folder = base.resolve(recipe.folder()).normalize();
    this.output = base.resolve(recipe.output()).normalize();
    this.evidence = evidence;
    this.progress = progress;
    this.bootstrap = new ClusterBootstrap(recipe.resamples(), recipe.seed());
  }

  /** A row with its vector: the mean over an ECG's windows. */
  private record Item(FolderManifest.Row row, Modality modality, float[] vector) {}

  /**
   * Checks the whole manifest first, then embeds and measures; writes folder.json.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION, INVALID_ARGUMENT for an unknown fact,
   *     NOT_FOUND for a missing file, STORAGE_FULL
   */
  public FolderOutcome run() {
    recipe.labels().values().stream()
        .map(FolderRecipe.Question::fact)
        .filter(java.util.Objects::nonNull)
        .forEach(facts::get);
    List<FolderManifest.Row> rows = new FolderManifest(recipe, folder).rows();
    Map<String, Integer> failed = new TreeMap<>();
    List<Item> items = embed(rows, failed);
    List<Figure> figures = new ArrayList<>();
    recipe.labels().forEach((label, question) -> ask(label, question, items, figures));
    if (recipe.columns().report() != null) {
      retrieve(items, figures);
    }
    FolderOutcome outcome = new FolderOutcome(rows.size(), items.size(), failed, figures);
    write(outcome);
    return outcome;
  }

  private List<Item> embed(List<FolderManifest.Row> rows, Map<String, Integer> failed) {
    List<Item> out = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += CHUNK) {
      List<FolderManifest.Row> some = rows.subList(from, Math.min(rows.size(), from + CHUNK));
      List<Evidence.Embedded> found =
          evidence.files(some.stream().map(FolderManifest.Row::file).toList());
      for (int i = 0; i < some.size(); i++) {
        Modality modality = found.get(i).modality();
        ErrorCode fault = found.get(i).fault();
        if (fault != null || modality == null) {
          failed.merge(fault == null ? ErrorCode.INTERNAL.id() : fault.id(), 1, Integer::sum);
        } else {
          out.add(new Item(some.get(i), modality, mean(found.get(i).vectors())));
        }
      }
      progress.accept(from + some.size());
    }
    return out;
  }

  private static float[] mean(List<float[]> vectors) {
    float[] out = new float[vectors.getFirst().length];
    for (float[] v : vectors) {
      for (int d = 0; d < out.length; d++) {
        out[d] += v[d] / vectors.size();
      }
    }
    return out;
  }

  private void ask(
      String label, FolderRecipe.Question question, List<Item> items, List<Figure> figures) {
    Fact fact = question.fact() == null ? null : facts.get(question.fact());
    // What denies a label in the recipe's own words counts in full: it was asked for.
    float[] direction =
        fact == null
            ? PromptEnsemble.of(question.asserting(), question.denying(), evidence::texts)
                .direction(1)
            : PromptEnsemble.of(fact, evidence::texts).direction(evidence.denialWeight());
    List<Item> asked =
        items.stream()
            .filter(i -> i.row().answers().containsKey(label))
            .filter(i -> i.modality() != Modality.REPORT)
            .filter(i -> fact == null || i.modality() == fact.modality())
            .toList();
    score(label, label, asked, direction, figures, i -> true);
    TreeSet<String> groups = new TreeSet<>(asked.stream().map(i -> i.row().group()).toList());
    if (groups.size() > 1) {
      for (String group : groups) {
        String name = label + ", " + recipe.columns().group() + " " + group;
        score(name, label, asked, direction, figures, i -> i.row().group().equals(group));
      }
    }
  }

  private void score(
      String task,
      String label,
      List<Item> all,
      float[] direction,
      List<Figure> figures,
      Predicate<Item> keep) {
    List<Item> some = all.stream().filter(keep).toList();
    double[] scores = new double[some.size()];
    boolean[] present = new boolean[some.size()];
    for (int i = 0; i < scores.length; i++) {
      present[i] = Boolean.TRUE.equals(some.get(i).row().answers().get(label));
      for (int d = 0; d < direction.length; d++) {
        scores[i] += (double) some.get(i).vector()[d] * direction[d];
      }
    }
    if (scores.length == 0) {
      return;
    }
    ScoredGallery scored =
        new ScoredGallery(
            some.stream().map(i -> i.row().subject()).toList(),
            new double[][] {scores},
            new boolean[][] {present});
    figures.add(scored.auroc(task, 0, bootstrap));
    figures.add(scored.averagePrecision(task, 0, bootstrap));
    figures.add(scored.sensitivity(task, 0, bootstrap));
  }

  private void retrieve(List<Item> items, List<Figure> figures) {
    for (Modality modality : List.of(Modality.XRAY, Modality.ECG)) {
      List<float[]> files = new ArrayList<>();
      List<float[]> reports = new ArrayList<>();
      List<String> subjects = new ArrayList<>();
      for (Item item : items) {
        float @Nullable [] report =
            item.modality() != modality || item.row().report().isEmpty()
                ? null
                : evidence.report(item.row().report());
        if (report != null) {
          files.add(item.vector());
          reports.add(report);
          subjects.add(item.row().subject());
        }
      }
      if (!files.isEmpty()) {
        float[][] a = files.toArray(float[][]::new);
        float[][] b = reports.toArray(float[][]::new);
        int[] all = IntStream.range(0, a.length).toArray();
        PartnerRetrieval retrieval = new PartnerRetrieval(bootstrap);
        figures.addAll(retrieval.figures(modality + " → report", a, b, subjects, all));
        figures.addAll(retrieval.figures("report → " + modality, b, a, subjects, all));
      }
    }
  }

  private void write(FolderOutcome outcome) {
    try {
      Files.createDirectories(output);
      JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValue(output.resolve("folder.json").toFile(), outcome);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "folder.json cannot be written into the output folder", e);
    }
  }
}
