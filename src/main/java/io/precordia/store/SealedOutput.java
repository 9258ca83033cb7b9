package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a stream of unknown length in segments of fixed size, so that neither writing nor reading
 * needs the whole in memory and nothing lies on disk in the clear. The construction is STREAM
 * (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM: a key of its own for each stream,
 * derived from a random salt; the segment's number and whether it is the last are its nonce, so
 * that segments can be neither exchanged nor left out.
 *
 * <pre>
 *   32 bytes salt, then segments of 64 KiB + 16 bytes tag; the last one is shorter, maybe empty
 * </pre>
 *
 * Used by one thread.
 */
public final class SealedOutput {
  static final int SEGMENT = 64 << 10;
  static final int SALT = 32;
  static final int TAG = 16;

  private final FileChannel out;
  private final SecretKeySpec key;
  private final byte[] context;
  private final Cipher cipher;
  private final byte[] plain = new byte[SEGMENT];
  private final byte[] sealed = new byte[SEGMENT + TAG];
  private int filled;
  private long segment;

  /**
   * Writes the salt.
   *
   * @param context authenticated, and to be given again to open
   */
  public SealedOutput(FileChannel out, DataKey key, byte[] context) throws IOException {
    this.out = out;
    this.context = context.clone();
    byte[] salt = DataKey.random(SALT);
    this.key = key.derived(salt);
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
    write(ByteBuffer.wrap(salt));
  }

  /** Takes plain bytes. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == SEGMENT) {
        seal(false);
      }
      int n = Math.min(left, SEGMENT - filled);
      System.arraycopy(bytes, from, plain, filled, n);
      filled += n;
      from += n;
      left -= n;
    }
  }

  /** Seals what is left as the last segment; nothing may be written afterwards. */
  public void finish() throws IOException {
    seal(true);
  }

  private void seal(boolean last) throws IOException {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce(segment++, last)));
      cipher.updateAAD(context);
      int n = cipher.doFinal(plain, 0, filled, sealed, 0);
      filled = 0;
      write(ByteBuffer.wrap(sealed, 0, n));
    } catch (GeneralSecurityException e) {
      throw unavailable(e);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  static byte[] nonce(long segment, boolean last) {
    return ByteBuffer.allocate(12).putLong(segment).putInt(last ? 1 : 0).array();
  }

  static PrecordiaException unavailable(GeneralSecurityException e) {
    return new PrecordiaException(
        ErrorCode.INTERNAL, "encryption is not available on this Java runtime", e);
  }
}
