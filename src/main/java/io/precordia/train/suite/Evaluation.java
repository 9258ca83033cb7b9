package io.precordia.train.suite;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.train.eval.Figure;
import io.precordia.train.figures.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Everything that was measured.
 *
 * @param model id and version
 * @param digest SHA-256 of the model folder
 * @param split of the real data
 * @param seconds that it took
 */
public record Evaluation(
    String model, String digest, String split, long seconds, List<Section> sections) {
  public Evaluation {
    sections = List.copyOf(sections);
  }

  /** All figures in order. */
  public List<Figure> figures() {
    return sections.stream().flatMap(s -> s.figures().stream()).toList();
  }

  /** One line that says what was measured, when. */
  String summary() {
    return "Model `"
        + model
        + "` (SHA-256 `"
        + digest.substring(0, Math.min(12, digest.length()))
        + "…`), split `"
        + split
        + "`, measured "
        + LocalDate.now(ZoneOffset.UTC)
        + " in "
        + seconds
        + " s.";
  }

  /** Writes evaluation.json into a folder. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve("evaluation.json").toFile(), this);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "evaluation.json cannot be written into the output folder", e);
    }
  }
}
