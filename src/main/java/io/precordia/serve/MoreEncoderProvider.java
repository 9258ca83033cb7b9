package io.precordia.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.ecg.EcgPreprocessor;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.model.Encoder;
import io.precordia.model.more.MoreEncoder;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreInputs;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.djl.DjlOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens MoRE folders on the CPU. The constants of {@code preprocessing.json} travel with the
 * weights, so a model is always fed as it was trained.
 */
public final class MoreEncoderProvider implements EncoderProvider {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public boolean reads(Path folder) {
    try {
      JsonNode type = JSON.readTree(folder.resolve(MoreFolder.CONFIG).toFile()).path("model_type");
      return type.asText().equals(MoreFolder.MODEL_TYPE);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Encoder open(Path folder) {
    MorePreprocessing constants = MorePreprocessing.read(folder);
    XrayPreprocessor xrays = new XrayPreprocessor(constants.xray());
    EcgPreprocessor ecgs = new EcgPreprocessor(constants.ecg());
    Path words = folder.resolve("tokenizer.json");
    if (!Files.isRegularFile(words)) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "the model folder has no tokenizer.json; copy it completely");
    }
    ReportTokenizer tokenizer = ReportTokenizer.load(words);
    DjlOps ops = DjlOps.cpu();
    try {
      return MoreEncoder.load(
          folder, new MoreInputs(xrays::prepare, ecgs::prepare, tokenizer::ids), ops);
    } catch (RuntimeException | Error e) {
      ops.close();
      tokenizer.close();
      throw e;
    }
  }
}
