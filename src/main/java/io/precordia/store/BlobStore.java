package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Encrypted files, one per instance, named by its id. Each is sealed under its subject's key with
 * the id and the subject as context, so that a file moved to another name or subject does not open.
 * Thread-safe.
 */
public final class BlobStore {
  private final Path directory;

  BlobStore(Path directory) {
    this.directory = directory;
  }

  /** Writes durably; when this returns the bytes survive a crash. The same id is replaced. */
  public void put(String id, String subject, DataKey key, byte[] content) {
    Path file = file(id);
    try {
      DurableFiles.directory(Objects.requireNonNull(file.getParent()));
      DurableFiles.write(file, key.seal(content, context(id, subject)));
    } catch (IOException e) {
      throw DurableFiles.failure("the content cannot be stored", e);
    }
  }

  /**
   * The bytes.
   *
   * @throws PrecordiaException NOT_FOUND, CORRUPT_STORE
   */
  public byte[] get(String id, String subject, DataKey key) {
    try {
      return key.open(Files.readAllBytes(file(id)), context(id, subject));
    } catch (NoSuchFileException e) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "no content under this id");
    } catch (IOException e) {
      throw DurableFiles.failure("the content cannot be read", e);
    }
  }

  /** Overwrites and deletes; a missing blob is no error. */
  public void delete(String id) {
    try {
      DurableFiles.shred(file(id));
    } catch (IOException e) {
      throw DurableFiles.failure("the content cannot be deleted", e);
    }
  }

  private Path file(String id) {
    if (!OpaqueIds.isId(id)) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "not an id of this store");
    }
    return directory.resolve(id.substring(0, 2)).resolve(id);
  }

  private static byte[] context(String id, String subject) {
    return ("blob/" + id + "/" + subject).getBytes(StandardCharsets.UTF_8);
  }
}
