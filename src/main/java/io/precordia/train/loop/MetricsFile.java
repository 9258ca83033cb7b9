package io.precordia.train.loop;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Appends one JSON object a line. */
public final class MetricsFile {
  private final Path file;
  private final JsonMapper json = JsonMapper.builder().build();

  public MetricsFile(Path file) {
    this.file = file;
  }

  /** Appends one line; the values must not name patients. */
  public void append(Map<String, ?> values) {
    try {
      Files.writeString(
          file,
          json.writeValueAsString(values) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
