package io.precordia.serve.adapters;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.AtomicFile;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The adapters folder of a data directory: {@code versions/<sha256>/} with the two PEFT files, and
 * {@code tags/<name>.json}. A version is there wholly or not at all; what a crash left behind is
 * removed at the next start.
 */
final class AdapterFiles {
  private static final String PENDING = ".pending-";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Path versions;
  private final Path tags;

  AdapterFiles(Path folder) {
    this.versions = folder.resolve("versions");
    this.tags = folder.resolve("tags");
    try {
      Files.createDirectories(versions);
      Files.createDirectories(tags);
      for (Path left : list(versions)) {
        if (String.valueOf(left.getFileName()).startsWith(PENDING)) {
          delete(left);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** An unpublished folder with the given files, each fsynced. */
  Path pending(Map<String, byte[]> files) {
    Path folder = versions.resolve(PENDING + UUID.randomUUID());
    try {
      Files.createDirectory(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        try (var out =
            java.nio.channels.FileChannel.open(
                folder.resolve(file.getKey()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
          ByteBuffer buffer = ByteBuffer.wrap(file.getValue());
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
          out.force(true);
        }
      }
      return folder;
    } catch (IOException e) {
      discard(folder);
      throw failed(e);
    }
  }

  /** Gives a pending folder its digest's name, or drops it if that version is already there. */
  Path publish(Path pending, String sha256) {
    Path target = versions.resolve(sha256);
    try {
      if (Files.isDirectory(target)) {
        delete(pending);
      } else {
        Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return target;
    } catch (AtomicMoveNotSupportedException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "the data directory cannot rename folders atomically", e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  Path version(String sha256) {
    return versions.resolve(sha256);
  }

  /** Whether the version is on disk as its digest says. */
  boolean intact(String sha256) {
    return Files.isDirectory(version(sha256)) && Checksums.ofFolder(version(sha256)).equals(sha256);
  }

  void tag(AdapterVersion version) {
    AtomicFile.replace(
        tags.resolve(version.name() + ".json"),
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(JSON.writeValueAsBytes(version));
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  void untag(String name) {
    try {
      Files.deleteIfExists(tags.resolve(name + ".json"));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  List<AdapterVersion> tagged() {
    List<AdapterVersion> out = new ArrayList<>();
    try {
      for (Path file : list(tags)) {
        if (String.valueOf(file.getFileName()).endsWith(".json")) {
          out.add(JSON.readValue(Files.readAllBytes(file), AdapterVersion.class));
        }
      }
      return out;
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.CORRUPT_STORE, "the list of adapters in the data directory is damaged", e);
    }
  }

  /** Overwrites a version's files and removes them. */
  void erase(String sha256) {
    Path folder = version(sha256);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      for (Path file : list(folder)) {
        long size = Files.size(file);
        try (var out = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
          ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
          for (long left = size; left > 0; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), left));
            left -= out.write(zeros);
          }
          out.force(true);
        }
      }
      delete(folder);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void discard(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      System.getLogger(AdapterFiles.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary folder could not be removed", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : list(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static PrecordiaException failed(IOException e) {
    return new PrecordiaException(
        ErrorCode.STORAGE_FULL,
        "the adapters folder is not readable or writable; check free space and rights",
        e);
  }
}
