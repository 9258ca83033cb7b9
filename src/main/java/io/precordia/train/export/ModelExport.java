package io.precordia.train.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.ecg.EcgPreprocessing;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessing;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreFolder;
import io.precordia.nn.ParameterSet;
import io.precordia.weights.AtomicFile;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a model folder as the service loads it. */
public final class ModelExport {
  public static final String TOKENIZER = "tokenizer.json";
  public static final String PREPROCESSING = "preprocessing.json";

  private ModelExport() {}

  /** Content of {@code preprocessing.json}. */
  public record Preprocessing(XrayPreprocessing xray, EcgPreprocessing ecg) {}

  /**
   * Writes weights (F16), configuration, tokenizer, preprocessing constants and checksums.
   *
   * @param tokenizer the tokenizer.json that the run was trained with
   */
  public static void write(
      Path folder,
      String id,
      String version,
      MoreConfig config,
      ParameterSet weights,
      Path tokenizer) {
    try {
      Files.createDirectories(folder);
      if (!folder.resolve(TOKENIZER).equals(tokenizer)) {
        Files.copy(tokenizer, folder.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MoreFolder.save(folder, new MoreFolder.Manifest(id, version, config), weights);
    write(
        folder.resolve(PREPROCESSING),
        new Preprocessing(XrayPreprocessing.STANDARD, EcgPreprocessing.STANDARD));
    Checksums.write(folder);
  }

  private static void write(Path file, Object value) {
    byte[] text;
    try {
      text =
          JsonMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "the constants cannot be written", e);
    }
    AtomicFile.replace(
        file,
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(text);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }
}
