package io.precordia.train.realism;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.Split;
import io.precordia.train.data.StudySample;
import io.precordia.train.eval.Figure;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.export.ModelExport;
import io.precordia.train.figures.FigureDocument;
import io.precordia.train.figures.Section;
import io.precordia.train.recipe.RealismRecipe;
import io.precordia.train.text.FactVocabulary;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far simulated studies are from the real ones of the validation split: a linear classifier on
 * the encoder's features, and simple statistics of films and signals. Two real sources held against
 * each other say what such a classifier can do where nothing is simulated.
 */
public final class RealismJob {
  private static final int BATCH = 32;
  private final RealismRecipe recipe;
  private final Path base;

  public RealismJob(Path recipeFile) {
    this.recipe = RealismRecipe.read(recipeFile);
    Path parent = recipeFile.toAbsolutePath().getParent();
    this.base = parent == null ? Path.of("") : parent;
  }

  /** Computes the figures, writes realism.json and renews the documents that the recipe names. */
  public List<Figure> run() {
    Path folder = base.resolve(recipe.model()).normalize();
    Checksums.verify(folder);
    MoreConfig config = MoreFolder.readConfig(folder).config();
    Corpora data =
        Corpora.load(
            FactVocabulary.standard(),
            base.resolve(recipe.data()).normalize(),
            Split.VAL,
            recipe.simulatedSeed(),
            recipe.count());
    try (DjlOps ops = DjlOps.cpu();
        ReportTokenizer tokenizer = ReportTokenizer.load(folder.resolve(ModelExport.TOKENIZER))) {
      Forward forward =
          Forward.evaluation(
              ops,
              new FrozenParameters(ops, MoreFolder.readWeights(folder, config)),
              Adapters.NONE);
      WeightsEmbedder embedder =
          new WeightsEmbedder(ops, new MoreModel(config), forward, tokenizer);
      List<Section> xray = films(embedder, data, config.xray().image());
      List<Section> ecg = ecgs(embedder, data);
      renew(recipe.xrayDocument(), xray);
      renew(recipe.ecgDocument(), ecg);
      List<Figure> all = new ArrayList<>();
      xray.forEach(s -> all.addAll(s.figures()));
      ecg.forEach(s -> all.addAll(s.figures()));
      write(Checksums.ofFolder(folder), all);
      return all;
    }
  }

  private List<Section> films(WeightsEmbedder embedder, Corpora data, int side) {
    Source nih = films(embedder, "NIH", data.nih());
    Source kermany = films(embedder, "Kermany", data.kermany());
    Source simulated = films(embedder, "simulated", data.simulated());
    Comparison comparison = new Comparison(recipe);
    List<Figure> statistics = new ArrayList<>();
    for (Source real : List.of(nih, kermany)) {
      statistics.addAll(
          comparison.statistics(real, simulated, s -> FilmStatistics.of(s.xray(), side)));
    }
    return List.of(
        new Section(
            "realism-domain",
            List.of(
                comparison.separability(nih, simulated),
                comparison.separability(kermany, simulated),
                comparison.separability(nih, kermany)),
            List.of()),
        new Section("realism-statistics", statistics, List.of()));
  }

  private List<Section> ecgs(WeightsEmbedder embedder, Corpora data) {
    List<StudySample> real = data.ptbxl();
    Source ptbxl = ecgs(embedder, "PTB-XL", real);
    Source simulated = ecgs(embedder, "simulated", data.simulated());
    Comparison comparison = new Comparison(recipe);
    return List.of(
        new Section(
            "realism-domain", List.of(comparison.separability(ptbxl, simulated)), List.of()),
        new Section(
            "realism-statistics",
            comparison.statistics(ptbxl, simulated, s -> EcgStatistics.of(s.ecg())),
            List.of()));
  }

  private Source films(WeightsEmbedder embedder, String name, List<StudySample> all) {
    List<StudySample> some = all.subList(0, Math.min(recipe.count(), all.size()));
    float[][] features = new float[some.size()][];
    for (int from = 0; from < features.length; from += BATCH) {
      List<StudySample> batch = some.subList(from, Math.min(from + BATCH, some.size()));
      int one = batch.getFirst().xray().length;
      byte[] octets = new byte[batch.size() * one];
      for (int i = 0; i < batch.size(); i++) {
        System.arraycopy(batch.get(i).xray(), 0, octets, i * one, one);
      }
      put(embedder.encodeXrays(octets, batch.size()).features(), features, from);
    }
    return new Source(name, some, features);
  }

  private Source ecgs(WeightsEmbedder embedder, String name, List<StudySample> all) {
    List<StudySample> some = all.subList(0, Math.min(recipe.count(), all.size()));
    float[][] features = new float[some.size()][];
    for (int from = 0; from < features.length; from += BATCH) {
      List<StudySample> batch = some.subList(from, Math.min(from + BATCH, some.size()));
      int one = batch.getFirst().ecg().length;
      float[] values = new float[batch.size() * one];
      for (int i = 0; i < values.length; i++) {
        values[i] = batch.get(i / one).ecg()[i % one] / (float) StudySample.ECG_SCALE;
      }
      put(embedder.encodeEcgs(values, batch.size()).features(), features, from);
    }
    return new Source(name, some, features);
  }

  private static void put(float[][] some, float[][] all, int from) {
    System.arraycopy(some, 0, all, from, some.length);
  }

  private void renew(@Nullable String document, List<Section> sections) {
    if (document != null) {
      new FigureDocument(base.resolve(document).normalize()).renew(sections, Map.of());
    }
  }

  private void write(String digest, List<Figure> figures) {
    Path output = base.resolve(recipe.output()).normalize();
    try {
      Files.createDirectories(output);
      JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValue(
              output.resolve("realism.json").toFile(),
              Map.of("model_sha256", digest, "figures", figures));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.STORAGE_FULL, "realism.json cannot be written", e);
    }
  }
}
