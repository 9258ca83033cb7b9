package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The model folders that a client may name.
 *
 * @param root folder whose sub-folders with a config.json they are
 */
record ModelFolders(Path root) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /** Their names, sorted. */
  List<String> names() {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(f -> Files.isRegularFile(f.resolve("config.json")))
          .map(f -> String.valueOf(f.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * @throws PrecordiaException NOT_FOUND if there is no such folder
   */
  Path require(String name) {
    if (!NAME.matcher(name).matches() || !names().contains(name)) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "the models folder has no such model folder with a config.json");
    }
    return root.resolve(name);
  }
}
