package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The key that wraps every other key of a store. By default it is a file in the data directory
 * readable by its owner only; a site that keeps keys apart gives it by configuration, and then no
 * key material lies beside the data. Thread-safe.
 */
public final class MasterKey {
  private static final byte[] WRAP = "precordia/wrap/".getBytes(StandardCharsets.US_ASCII);
  private final DataKey key;

  private MasterKey(byte[] key) {
    this.key = new DataKey(key);
  }

  /**
   * A key given as 32 bytes in Base64, for example by the environment.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  public static MasterKey ofBase64(String text) {
    try {
      byte[] raw = Base64.getDecoder().decode(text.strip());
      if (raw.length == 32) {
        return new MasterKey(raw);
      }
    } catch (IllegalArgumentException e) {
      // Reported below; the text itself is never repeated.
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_CONFIGURATION,
        "the master key must be 32 bytes in Base64; make one with: openssl rand -base64 32");
  }

  /**
   * The key in {@code file}; made there, with owner-only permissions, if the file does not exist.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION if the file is readable by others or holds no
   *     key, STORAGE_FULL if it cannot be written
   */
  public static MasterKey openOrCreate(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] raw = new byte[32];
        new SecureRandom().nextBytes(raw);
        DurableFiles.write(file, Base64.getEncoder().encode(raw));
        return new MasterKey(raw);
      }
      if (DurableFiles.posix(file)
          && !Files.getPosixFilePermissions(file).stream()
              .allMatch(PosixFilePermissions.fromString("rw-------")::contains)) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION,
            "the master key file is accessible to other users; set its mode to 0600");
      }
      return ofBase64(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw DurableFiles.failure("the master key file cannot be read", e);
    }
  }

  /** Wraps a key under a purpose; unwrapping under another purpose fails. */
  byte[] wrap(byte[] raw, String purpose) {
    return key.seal(raw, context(purpose));
  }

  /** A wrapped key. */
  DataKey unwrap(byte[] wrapped, String purpose) {
    return new DataKey(key.open(wrapped, context(purpose)));
  }

  private static byte[] context(String purpose) {
    byte[] tail = purpose.getBytes(StandardCharsets.UTF_8);
    byte[] out = Arrays.copyOf(WRAP, WRAP.length + tail.length);
    System.arraycopy(tail, 0, out, WRAP.length, tail.length);
    return out;
  }
}
