package io.precordia.train.baseline;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Test scores of the rivals, kept in the repository so that an evaluation compares with them
 * without training them again.
 *
 * @param date day of the run, ISO 8601
 * @param device where they were trained
 * @param entries one for each method and task
 */
public record BaselineScores(String date, String device, List<Entry> entries) {
  public BaselineScores {
    Objects.requireNonNull(date);
    Objects.requireNonNull(device);
    entries = List.copyOf(entries);
  }

  /**
   * @param note what was chosen on the validation split, and how long it took
   * @param ids test records, in the order of the scores
   * @param scores larger means more likely present; four digits are kept
   */
  public record Entry(String method, String task, String note, List<String> ids, double[] scores) {
    public Entry {
      Objects.requireNonNull(method);
      Objects.requireNonNull(task);
      ids = List.copyOf(ids);
      scores = Arrays.stream(scores).map(s -> Math.round(s * 1e4) / 1e4).toArray();
      if (ids.size() != scores.length) {
        throw new IllegalArgumentException("every score needs its record");
      }
    }
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION if the file is absent or malformed
   */
  public static BaselineScores read(Path file) {
    try {
      return JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build()
          .readValue(Files.readAllBytes(file), BaselineScores.class);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "the baseline scores "
              + file.getFileName()
              + " are absent or malformed; make them with"
              + " recipes/baselines.yaml",
          e);
    }
  }

  public void write(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      JsonMapper.builder().build().writeValue(file.toFile(), this);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "the baseline scores cannot be written", e);
    }
  }
}
