package io.precordia.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.model.Encoder;
import io.precordia.study.ModelRef;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens the folder of the deterministic encoder that door tests run on; an {@code id} in its
 * configuration makes it a model of its own.
 */
public final class TestEncoderProvider implements EncoderProvider {
  @Override
  public boolean reads(Path folder) {
    try {
      return Files.readString(folder.resolve("config.json")).contains("\"deterministic-test\"");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Encoder open(Path folder) {
    try {
      JsonNode config =
          JsonMapper.builder().build().readTree(folder.resolve("config.json").toFile());
      return config.hasNonNull("id")
          ? new HashingEncoder(
              new ModelRef(
                  config.get("id").asText(),
                  "1",
                  Checksums.ofFile(folder.resolve("config.json")),
                  List.of(),
                  "none"))
          : new HashingEncoder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
