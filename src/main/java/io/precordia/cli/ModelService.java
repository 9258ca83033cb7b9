package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.Classification;
import io.precordia.api.Embeddings;
import io.precordia.api.Explanations;
import io.precordia.api.ExportBody;
import io.precordia.api.OwnModel;
import io.precordia.api.PrecordiaConfig;
import io.precordia.api.StudyShares;
import io.precordia.api.view.ExportManifest;
import io.precordia.api.view.SharesAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.ingest.StandardDecoders;
import io.precordia.model.Encoder;
import io.precordia.study.Content;
import io.precordia.train.eval.Calibration;
import io.precordia.workspace.exports.ExportedFile;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A model without a store: enough to embed and to classify. */
final class ModelService implements Service {
  private final Encoder encoder;
  private final Calibration calibration;
  private final Embeddings embeddings;

  private ModelService(Encoder encoder, Calibration calibration) {
    this.encoder = encoder;
    this.calibration = calibration;
    this.embeddings = new Embeddings(encoder, StandardDecoders.create());
  }

  static ModelService open(PrecordiaConfig config) {
    OwnModel own = OwnModel.configuredBy(config);
    return new ModelService(own.encoder(), own.calibration());
  }

  @Override
  public Ingest ingest() {
    throw noStore();
  }

  @Override
  public JsonNode embed(List<Part> files, List<String> texts) {
    return Answers.embed(embeddings, files, texts);
  }

  @Override
  public JsonNode search(SearchInputs inputs) {
    throw noStore();
  }

  @Override
  public ExportManifest export(ExportBody what, Consumer<ExportedFile> sink) {
    throw noStore();
  }

  @Override
  public JsonNode classify(
      List<Part> file, List<String> labels, Map<String, List<String>> prompts) {
    return Answers.classify(
        embeddings, new Classification(encoder, calibration), file, labels, prompts);
  }

  Explanations explanations() {
    return Explanations.of(encoder, calibration);
  }

  /** The part of each modality in what the files say together for a text. */
  SharesAnswer shares(List<Part> files, String text) {
    return new StudyShares(embeddings, explanations())
        .answer(null, embeddings.contents(files), text);
  }

  /** What a file, or files that belong together, hold. */
  Content content(List<Part> file) {
    return embeddings.content(file);
  }

  private static PrecordiaException noStore() {
    return new PrecordiaException(ErrorCode.INVALID_REQUEST, "this needs --url or --data");
  }

  @Override
  public void close() {
    encoder.close();
  }
}
