package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens what {@link SealedOutput} wrote. */
public final class SealedInput {
  private SealedInput() {}

  /**
   * All plain bytes of a file.
   *
   * @throws PrecordiaException CORRUPT_STORE if the bytes, the context or the key are not the ones
   *     sealed
   */
  public static byte[] readAll(Path file, DataKey key, byte[] context) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      int whole = SealedOutput.SEGMENT + SealedOutput.TAG;
      long body = in.size() - SealedOutput.SALT;
      long segments = Math.max(1, (body + whole - 1) / whole);
      long plain = body - segments * SealedOutput.TAG;
      if (plain < 0 || plain > Integer.MAX_VALUE - 64) {
        throw corrupt(null);
      }
      byte[] salt = new byte[SealedOutput.SALT];
      read(in, salt, salt.length);
      SecretKeySpec own = key.derived(salt);
      byte[] out = new byte[(int) plain];
      byte[] sealed = new byte[(int) Math.min(whole, body)];
      int at = 0;
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      for (long i = 0; i < segments; i++) {
        int n = (int) Math.min(whole, body - i * whole);
        read(in, sealed, n);
        cipher.init(
            Cipher.DECRYPT_MODE,
            own,
            new GCMParameterSpec(8 * SealedOutput.TAG, SealedOutput.nonce(i, i == segments - 1)));
        cipher.updateAAD(context);
        at += cipher.doFinal(sealed, 0, n, out, at);
      }
      return out;
    } catch (AEADBadTagException | EOFException e) {
      throw corrupt(e);
    } catch (GeneralSecurityException e) {
      throw SealedOutput.unavailable(e);
    }
  }

  private static void read(FileChannel in, byte[] into, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw new EOFException();
      }
    }
  }

  private static PrecordiaException corrupt(@org.jspecify.annotations.Nullable Throwable cause) {
    return new PrecordiaException(
        ErrorCode.CORRUPT_STORE,
        "stored bytes do not authenticate: the master key is not the one they were written with, or the file is damaged",
        cause);
  }
}
