package io.precordia.weights;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** SHA-256 over the files of a model folder, in the format of {@code sha256sum}. */
public final class Checksums {
  /** Name of the list inside a model folder. */
  public static final String FILE = "SHA256SUMS";

  private Checksums() {}

  /** Digest of one file, lower-case hex. */
  public static String ofFile(Path file) {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "a model file cannot be read", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Digest of bytes in memory, lower-case hex. */
  public static String ofBytes(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** Writes {@value #FILE} over all other plain files of the folder, sorted by name. */
  public static void write(Path folder) {
    byte[] list = list(digests(folder)).getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(
        folder.resolve(FILE),
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(list);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /**
   * Compares the folder with its {@value #FILE}.
   *
   * @throws PrecordiaException BAD_WEIGHTS if the list is absent, a listed file differs or is
   *     missing, or a file is not listed
   */
  public static void verify(Path folder) {
    String listed;
    try {
      listed = Files.readString(folder.resolve(FILE));
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "the model folder has no readable " + FILE, e);
    }
    if (!listed.equals(list(digests(folder)))) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "the model folder differs from its " + FILE + "; fetch it again");
    }
  }

  /**
   * Digest over names and digests of all files but {@value #FILE}: what {@code ModelRef.sha256}
   * holds.
   */
  public static String ofFolder(Path folder) {
    return ofBytes(list(digests(folder)).getBytes(StandardCharsets.UTF_8));
  }

  private static String list(Map<String, String> digests) {
    StringBuilder out = new StringBuilder();
    digests.forEach((name, hex) -> out.append(hex).append("  ").append(name).append('\n'));
    return out.toString();
  }

  private static Map<String, String> digests(Path folder) {
    Map<String, String> out = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(Files::isRegularFile)
          .filter(
              f ->
                  !f.getFileName().toString().equals(FILE)
                      && !f.getFileName().toString().startsWith("."))
          .forEach(f -> out.put(f.getFileName().toString(), ofFile(f)));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the model folder cannot be listed", e);
    }
    return out;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
