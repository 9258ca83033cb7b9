package io.precordia.train.explain;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.ecg.EcgPreprocessor;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.ParameterSet;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.Figure;
import io.precordia.train.export.ModelExport;
import io.precordia.train.figures.FigureDocument;
import io.precordia.train.figures.Section;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.recipe.ExplanationRecipe;
import io.precordia.train.text.FactVocabulary;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Figures of a model folder's explanations on simulated studies that training never saw: do maps
 * point at what the study shows, and do they depend on the weights and on the text.
 */
public final class ExplanationJob {
  private final ExplanationRecipe recipe;
  private final Path base;
  private final Consumer<String> progress;

  /**
   * @param progress told what is being worked on
   */
  public ExplanationJob(Path recipeFile, Consumer<String> progress) {
    this.progress = progress;
    this.recipe = ExplanationRecipe.read(recipeFile);
    Path parent = recipeFile.toAbsolutePath().getParent();
    this.base = parent == null ? Path.of("") : parent;
  }

  /** Computes the figures and writes them to explanations.json in the output folder. */
  public List<Figure> run() {
    Path folder = base.resolve(recipe.model()).normalize();
    Checksums.verify(folder);
    MoreConfig config = MoreFolder.readConfig(folder).config();
    ParameterSet weights = MoreFolder.readWeights(folder, config);
    MoreModel model = new MoreModel(config);
    FactVocabulary facts = FactVocabulary.standard();
    Tally tally = new Tally();
    try (DjlOps ops = DjlOps.cpu();
        ReportTokenizer tokenizer = ReportTokenizer.load(folder.resolve(ModelExport.TOKENIZER))) {
      double denialWeight = Calibration.read(folder).denialWeight();
      ExplainedModel whole =
          new ExplainedModel(ops, model, weights, tokenizer, facts, denialWeight);
      ExplainedModel drawn =
          new ExplainedModel(
              ops, model, randomised(config, model, weights), tokenizer, facts, denialWeight);
      progress.accept("radiographs");
      new XrayChecks(recipe, whole, drawn, new XrayPreprocessor(), tally).run();
      progress.accept("ECGs");
      new EcgChecks(recipe, whole, drawn, new EcgPreprocessor(), tally).run();
    }
    List<Section> sections =
        tally.sections(new ClusterBootstrap(recipe.resamples(), recipe.seed()));
    List<Figure> figures = sections.stream().flatMap(s -> s.figures().stream()).toList();
    String digest = Checksums.ofFolder(folder);
    write(digest, figures);
    if (recipe.document() != null) {
      new FigureDocument(base.resolve(recipe.document()).normalize())
          .renew(
              sections,
              Map.of(
                  "model", summary(folder, digest), "goals", new ExplanationGoals(figures).text()));
    }
    return figures;
  }

  private String summary(Path folder, String digest) {
    return "%s, digest %s…, on simulated studies of population %d, which neither training nor any choice of method saw: at most %d radiographs and %d ECGs of each finding, of them %d for the sanity checks and deletion curves."
        .formatted(
            folder.getFileName(),
            digest.substring(0, 12),
            recipe.simulatedSeed(),
            recipe.positives(),
            recipe.ecgPositives(),
            recipe.sanity());
  }

  /** The top block of both branches as before training (Adebayo et al., NeurIPS 2018). */
  private ParameterSet randomised(MoreConfig config, MoreModel model, ParameterSet weights) {
    ParameterSet fresh = ParameterSet.initial(model.parameters(), recipe.seed());
    ParameterSet out = weights.copy();
    String xray = "xray.blocks." + (config.xray().encoder().depth() - 1) + ".";
    String ecg = "ecg.blocks." + (config.ecg().encoder().depth() - 1) + ".";
    weights.specs().stream()
        .filter(s -> s.name().startsWith(xray) || s.name().startsWith(ecg))
        .forEach(s -> out.put(s, fresh.values(s.name())));
    return out;
  }

  private void write(String digest, List<Figure> figures) {
    Path output = base.resolve(recipe.output()).normalize();
    try {
      Files.createDirectories(output);
      JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValue(
              output.resolve("explanations.json").toFile(),
              Map.of(
                  "model_sha256",
                  digest,
                  "simulated_seed",
                  recipe.simulatedSeed(),
                  "positives",
                  recipe.positives(),
                  "figures",
                  figures));
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "explanations.json cannot be written", e);
    }
  }
}
