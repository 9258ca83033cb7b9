package io.precordia.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which model took over while the service ran; kept in the data directory so that the next start
 * uses it again.
 *
 * @param name of its folder, as it was loaded
 * @param folder absolute path
 * @param sha256 digest of the folder at that time
 * @param configured what the configuration said at that time; another configuration takes the
 *     choice back
 */
public record ModelChoice(String name, String folder, String sha256, String configured) {
  private static final String FILE = "model-choice.json";

  /**
   * @throws PrecordiaException CORRUPT_STORE if the file is damaged
   */
  public static Optional<ModelChoice> read(Path data) {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          JsonMapper.builder().build().readValue(Files.readAllBytes(file), ModelChoice.class));
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.CORRUPT_STORE,
          FILE + " in the data directory cannot be read; delete it to start with precordia.model",
          e);
    }
  }

  /**
   * Keeps the choice, whole or not at all.
   *
   * @throws PrecordiaException STORAGE_FULL
   */
  public void write(Path data) {
    try {
      DurableFiles.write(data.resolve(FILE), JsonMapper.builder().build().writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "the choice of a model is no JSON", e);
    } catch (IOException e) {
      throw DurableFiles.failure("the choice of the model cannot be kept", e);
    }
  }

  /** Takes the choice back. */
  public static void forget(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      throw DurableFiles.failure("the former choice of a model cannot be deleted", e);
    }
  }
}
