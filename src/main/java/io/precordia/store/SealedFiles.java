package io.precordia.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Small notes that survive a restart, one sealed file each in a directory of their own. A note's
 * name may reveal nothing: an opaque id. Thread-safe for different names.
 */
public final class SealedFiles {
  private final Path directory;
  private final DataKey key;

  SealedFiles(Path directory, DataKey key) {
    this.directory = directory;
    this.key = key;
    try {
      DurableFiles.directory(directory);
    } catch (IOException e) {
      throw DurableFiles.failure("a folder of notes cannot be made", e);
    }
  }

  /** Writes durably; replaces a note of the same name. */
  public void put(String id, byte[] content) {
    try {
      DurableFiles.write(file(id), key.seal(content, context(id)));
    } catch (IOException e) {
      throw DurableFiles.failure("a note cannot be kept", e);
    }
  }

  /** Deletes; a missing one is no error. */
  public void remove(String id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      throw DurableFiles.failure("a note cannot be removed", e);
    }
  }

  /** All notes; leftovers of writes that a crash cut short are cleared. */
  public List<byte[]> all() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      List<byte[]> notes = new ArrayList<>();
      for (Path file : files) {
        String id = file.getFileName().toString();
        if (DurableFiles.isTemporary(file)) {
          Files.delete(file);
        } else if (OpaqueIds.isId(id)) {
          notes.add(key.open(Files.readAllBytes(file), context(id)));
        }
      }
      return notes;
    } catch (IOException e) {
      throw DurableFiles.failure("a folder of notes cannot be read", e);
    }
  }

  private Path file(String id) {
    if (!OpaqueIds.isId(id)) {
      throw new IllegalArgumentException("a note's name is an opaque id");
    }
    return directory.resolve(id);
  }

  private byte[] context(String id) {
    return (directory.getFileName() + "/" + id).getBytes(StandardCharsets.UTF_8);
  }
}
