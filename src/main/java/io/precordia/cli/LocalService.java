package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.Engine;
import io.precordia.api.ExportBody;
import io.precordia.api.PrecordiaConfig;
import io.precordia.api.Questions;
import io.precordia.api.SearchPlan;
import io.precordia.api.view.ExportManifest;
import io.precordia.api.view.SearchAnswer;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.query.SearchRequest;
import io.precordia.serve.Cancellation;
import io.precordia.serve.GateListener;
import io.precordia.workspace.exports.ExportedFile;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A data directory opened by the command itself. */
final class LocalService implements Service {
  private final Engine engine;
  private final SearchPlan plan;

  private LocalService(Engine engine, SearchPlan plan) {
    this.engine = engine;
    this.plan = plan;
  }

  static LocalService open(PrecordiaConfig config) {
    return new LocalService(
        Engine.open(config, GateListener.NONE), new SearchPlan(config.search().maxK()));
  }

  @Override
  public Ingest ingest() {
    return engine.workspace().ingest();
  }

  @Override
  public JsonNode embed(List<Part> files, List<String> texts) {
    return Answers.embed(engine.embeddings(), files, texts);
  }

  @Override
  public JsonNode search(SearchInputs in) {
    SearchRequest request =
        plan.of(
            in.text(),
            in.file(),
            in.instance(),
            in.modality(),
            in.filter(),
            in.k(),
            in.words(),
            in.group());
    @Nullable String byDefault = engine.defaults().ofSearch(request, engine.workspace().records());
    try (Questions questions = engine.ask(null, byDefault, new Cancellation())) {
      return Json.MAPPER.valueToTree(SearchAnswer.of(questions.searches().search(request)));
    }
  }

  @Override
  public ExportManifest export(ExportBody what, Consumer<ExportedFile> sink) {
    return engine.exports().write(what, sink);
  }

  @Override
  public JsonNode classify(
      List<Part> file, List<String> labels, Map<String, List<String>> prompts) {
    return Answers.classify(engine.embeddings(), engine.classification(), file, labels, prompts);
  }

  @Override
  public void close() {
    engine.close();
  }
}
