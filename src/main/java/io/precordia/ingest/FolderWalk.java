package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.study.Flag;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the files below the paths given. Links are followed only where the user names one himself;
 * what cannot be read is a problem, not skipped.
 */
final class FolderWalk {
  private final Map<Path, SourceFile> files = new TreeMap<>();
  private final Map<String, Flag> problems = new LinkedHashMap<>();

  FolderWalk(List<Path> paths) {
    for (Path path : paths) {
      add(path);
    }
  }

  Collection<SourceFile> files() {
    return files.values();
  }

  /** By {@link #real} path. */
  Map<Path, SourceFile> byPath() {
    return files;
  }

  /** Names that could not be read, with the reason. */
  Map<String, Flag> problems() {
    return problems;
  }

  /**
   * One path for one file, however it is reached; a file that does not exist keeps its normalised
   * name.
   */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private void add(Path path) {
    if (!Files.exists(path)) {
      problem(path, ErrorCode.NOT_FOUND, "no such file or folder");
      return;
    }
    try {
      if (!Files.isDirectory(path)) {
        put(path, Files.isRegularFile(path));
        return;
      }
      Path start = Files.isSymbolicLink(path) ? path.toRealPath() : path;
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (attributes.isSymbolicLink()) {
                link(start, file);
              } else {
                put(file, attributes.isRegularFile());
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              problem(file, ErrorCode.INVALID_REQUEST, "the file or folder cannot be read");
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      problem(path, ErrorCode.INVALID_REQUEST, "the file or folder cannot be read");
    }
  }

  // A link to something below the same folder is left out: its target is met by itself.
  private void link(Path start, Path link) throws IOException {
    boolean inside = Files.exists(link) && link.toRealPath().startsWith(start.toRealPath());
    if (!inside) {
      problem(
          link,
          ErrorCode.INVALID_REQUEST,
          "a symbolic link that leads nowhere or out of the folder is not followed");
    }
  }

  private void put(Path file, boolean regular) throws IOException {
    if (regular) {
      files.put(real(file), SourceFile.of(file));
    } else {
      problem(file, ErrorCode.INVALID_REQUEST, "not a regular file");
    }
  }

  private void problem(Path path, ErrorCode code, String message) {
    problems.put(path.toString(), new Flag(code, message));
  }
}
