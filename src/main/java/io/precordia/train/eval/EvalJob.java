package io.precordia.train.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.tensor.Ops;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.Split;
import io.precordia.train.data.StudySample;
import io.precordia.train.data.TrainingSupport;
import io.precordia.train.export.ModelExport;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.recipe.EvalRecipe;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Zero-shot figures of a model folder with intervals over patients: AUROC of prompt contrasts on
 * real data, precision of text queries on simulated triples that training never saw.
 */
public final class EvalJob {
  private static final int LEAST_POSITIVES = 10;
  private final EvalRecipe recipe;
  private final Path base;
  private final FactVocabulary facts = FactVocabulary.standard();
  private final ClusterBootstrap bootstrap;

  public EvalJob(Path recipeFile) {
    this.recipe = EvalRecipe.read(recipeFile);
    Path parent = recipeFile.toAbsolutePath().getParent();
    this.base = parent == null ? Path.of("") : parent;
    this.bootstrap = new ClusterBootstrap(recipe.resamples(), recipe.seed());
  }

  /** Computes the figures and writes them to evaluation.json in the output folder. */
  public List<Figure> run() {
    Path folder = folder();
    List<Figure> figures =
        measure(
            folder,
            (corpora, embedder) -> {
              List<Figure> all = figures(corpora, embedder);
              all.addAll(
                  new CalibrationCheck(facts, Calibration.read(folder), bootstrap)
                      .figures(corpora, embedder));
              return all;
            });
    write(Checksums.ofFolder(folder), figures);
    return figures;
  }

  /**
   * Fits the probability of each fact on the recipe's split of the real data, writes it into the
   * model folder and renews the folder's checksums.
   */
  public Calibration calibrate() {
    Path folder = folder();
    Calibration calibration =
        measure(
            folder,
            (corpora, embedder) ->
                new Calibrator(facts, support()).fit(recipe.split(), corpora, embedder));
    calibration.write(folder);
    Checksums.write(folder);
    return calibration;
  }

  private int[] support() {
    return recipe.data() == null
        ? new int[facts.all().size()]
        : TrainingSupport.count(facts, base.resolve(recipe.data()).normalize());
  }

  private Path folder() {
    Path folder = base.resolve(recipe.model()).normalize();
    Checksums.verify(folder);
    return folder;
  }

  private <T> T measure(Path folder, BiFunction<Corpora, BranchEmbedder, T> measure) {
    MoreFolder.Manifest manifest = MoreFolder.readConfig(folder);
    ParameterSet weights = MoreFolder.readWeights(folder, manifest.config());
    Path data = recipe.data() == null ? null : base.resolve(recipe.data()).normalize();
    Split split = Split.valueOf(recipe.split().toUpperCase(Locale.ROOT));
    Corpora corpora =
        Corpora.load(facts, data, split, recipe.simulatedSeed(), recipe.simulatedCount());
    try (Ops ops = DjlOps.cpu();
        ReportTokenizer tokenizer = ReportTokenizer.load(folder.resolve(ModelExport.TOKENIZER))) {
      Forward forward = Forward.evaluation(ops, new FrozenParameters(ops, weights), Adapters.NONE);
      return measure.apply(
          corpora, new WeightsEmbedder(ops, new MoreModel(manifest.config()), forward, tokenizer));
    }
  }

  private List<Figure> figures(Corpora data, BranchEmbedder embedder) {
    List<Figure> out = new ArrayList<>();
    if (!data.ptbxl().isEmpty()) {
      Gallery ecgs = Gallery.of(Modality.ECG, data.ptbxl(), embedder);
      List<Fact> classes = List.copyOf(facts.superclasses().values());
      ScoredGallery scored = ScoredGallery.of(ecgs, classes, embedder, true);
      out.add(scored.macroAuroc("PTB-XL, five superclasses", bootstrap));
      List<String> names = List.copyOf(facts.superclasses().keySet());
      for (int i = 0; i < names.size(); i++) {
        out.add(scored.auroc("PTB-XL, " + names.get(i), i, bootstrap));
      }
      Fact fibrillation = facts.get("atrial-fibrillation");
      out.add(
          ScoredGallery.of(ecgs, List.of(fibrillation), embedder, true)
              .auroc("PTB-XL, atrial fibrillation", 0, bootstrap));
    }
    pneumonia("Kermany, pneumonia against normal", data.kermany(), embedder, out);
    for (String view : List.of("AP", "PA")) {
      List<StudySample> films = data.nih().stream().filter(s -> s.group().equals(view)).toList();
      pneumonia("NIH " + view + ", pneumonia against the rest", films, embedder, out);
    }
    for (Modality modality : List.of(Modality.XRAY, Modality.ECG)) {
      Gallery gallery = Gallery.of(modality, data.simulated(), embedder);
      List<Fact> asked =
          facts.of(modality).stream().filter(f -> frequent(gallery.present(f))).toList();
      if (!asked.isEmpty()) {
        String kind = modality == Modality.XRAY ? "X-ray" : "ECG";
        ScoredGallery scored = ScoredGallery.of(gallery, asked, embedder, false);
        out.add(scored.meanPrecision("simulated, text to " + kind, bootstrap));
        for (int i = 0; i < asked.size(); i++) {
          out.add(
              scored.precision(
                  "simulated, text to " + kind + ", " + asked.get(i).id(), i, bootstrap));
        }
      }
    }
    return out;
  }

  private void pneumonia(
      String task, List<StudySample> films, BranchEmbedder embedder, List<Figure> out) {
    if (!films.isEmpty()) {
      Gallery gallery = Gallery.of(Modality.XRAY, films, embedder);
      out.add(
          ScoredGallery.of(gallery, List.of(facts.get("pneumonia")), embedder, true)
              .auroc(task, 0, bootstrap));
    }
  }

  private static boolean frequent(boolean[] present) {
    int n = 0;
    for (boolean p : present) {
      n += p ? 1 : 0;
    }
    return n >= LEAST_POSITIVES;
  }

  private void write(String digest, List<Figure> figures) {
    Path output = base.resolve(recipe.output()).normalize();
    try {
      Files.createDirectories(output);
      JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValue(
              output.resolve("evaluation.json").toFile(),
              Map.of("model_sha256", digest, "split", recipe.split(), "figures", figures));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
