package io.precordia.serve.adapters;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.AtomicFile;
import io.precordia.weights.Checksums;
import io.precordia.weights.ErasedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The adapters folder of a data directory: {@code versions/<sha256>/} with the two PEFT files, and
 * {@code tags/<name>.json}. A version is there wholly or not at all; what a crash left behind is
 * removed at the next start.
 */
final class AdapterFiles {
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
      PendingFolder.sweep(versions);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** An unpublished folder with the given files, each fsynced. */
  PendingFolder pending(Map<String, byte[]> files) {
    try {
      return PendingFolder.create(versions, files);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Gives a pending folder its digest's name, or drops it if that version is already there. */
  Path publish(PendingFolder pending, String sha256) {
    Path target = versions.resolve(sha256);
    try {
      if (Files.isDirectory(target)) {
        pending.discard();
      } else {
        pending.moveTo(target);
      }
      return target;
    } catch (AtomicMoveNotSupportedException e) {
      discard(pending);
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "the data directory cannot rename folders atomically", e);
    } catch (IOException e) {
      discard(pending);
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
      for (Path file : PendingFolder.list(tags)) {
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
      for (Path file : PendingFolder.list(folder)) {
        ErasedFile.erase(file);
      }
      PendingFolder.delete(folder);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void discard(PendingFolder pending) {
    try {
      pending.discard();
    } catch (IOException e) {
      System.getLogger(AdapterFiles.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary folder could not be removed", e);
    }
  }

  private static PrecordiaException failed(IOException e) {
    return new PrecordiaException(
        ErrorCode.STORAGE_FULL,
        "the adapters folder is not readable or writable; check free space and rights",
        e);
  }
}
