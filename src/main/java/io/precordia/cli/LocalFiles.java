package io.precordia.cli;

import io.precordia.ecg.EcgFileDecoder;
import io.precordia.ecg.NamedBytes;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads files named on a command line, with those beside them that belong to them (a WFDB header's
 * signal file).
 */
final class LocalFiles {
  private static final long MOST_BYTES = 512L << 20;

  private LocalFiles() {}

  static List<Part> read(List<Path> paths) {
    Map<Path, Part> parts = new LinkedHashMap<>();
    for (Path path : paths) {
      Part part = read(path);
      parts.put(path.toAbsolutePath().normalize(), part);
      if (part.name().endsWith(".hea") || part.name().endsWith(".npy")) {
        for (Path companion : companions(path, part)) {
          parts.putIfAbsent(companion, read(companion));
        }
      }
    }
    return List.copyOf(parts.values());
  }

  private static List<Path> companions(Path path, Part part) {
    List<Path> found = new ArrayList<>();
    for (String name : EcgFileDecoder.companions(new NamedBytes(part.name(), part.bytes()))) {
      try {
        Path beside = path.toAbsolutePath().resolveSibling(name).normalize();
        if (Files.isRegularFile(beside)
            && Objects.equals(beside.getParent(), path.toAbsolutePath().normalize().getParent())) {
          found.add(beside);
        }
      } catch (InvalidPathException e) {
        // a header that names no possible file has no companion; decoding says what it lacks
      }
    }
    return found;
  }

  static Part read(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new PrecordiaException(ErrorCode.NOT_FOUND, "no such file: " + path);
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE, "the file is larger than " + (MOST_BYTES >> 20) + " MiB: " + path);
      }
      return new Part(String.valueOf(path.getFileName()), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the file cannot be read: " + path, e);
    }
  }
}
