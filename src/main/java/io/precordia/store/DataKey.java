package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit key that seals bytes with AES-GCM (NIST SP 800-38D): 12-byte random nonce, ciphertext,
 * 16-byte tag. Thread-safe until {@link #destroy}.
 */
public final class DataKey {
  /** Bytes that sealing adds. */
  public static final int OVERHEAD = 12 + 16;

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private final byte[] key;

  /** Takes ownership of the 32 bytes. */
  DataKey(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("a data key has 32 bytes, not " + key.length);
    }
    this.key = key;
  }

  /**
   * Encrypts and authenticates {@code plain}; {@code context} is authenticated only and must be
   * given again to open.
   */
  public byte[] seal(byte[] plain, byte[] context) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES")); // the provider draws a random nonce
      cipher.updateAAD(context);
      byte[] out = new byte[plain.length + OVERHEAD];
      System.arraycopy(cipher.getIV(), 0, out, 0, NONCE);
      cipher.doFinal(plain, 0, plain.length, out, NONCE);
      return out;
    } catch (GeneralSecurityException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "encryption is not available on this Java runtime", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws PrecordiaException CORRUPT_STORE if the bytes, the context or the key are not the ones
   *     sealed
   */
  public byte[] open(byte[] sealed, byte[] context) {
    if (sealed.length < OVERHEAD) {
      throw corrupt(null);
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
      cipher.updateAAD(context);
      return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
    } catch (AEADBadTagException e) {
      throw corrupt(e);
    } catch (GeneralSecurityException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "decryption is not available on this Java runtime", e);
    }
  }

  /** Bytes of the system's secure random source. */
  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** A key for one stream: HMAC-SHA-256 of its salt under this one. */
  SecretKeySpec derived(byte[] salt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update("stream".getBytes(StandardCharsets.US_ASCII));
      return new SecretKeySpec(mac.doFinal(salt), "AES");
    } catch (GeneralSecurityException e) {
      throw SealedOutput.unavailable(e);
    }
  }

  /** Overwrites the key in memory; nothing can be sealed or opened with it afterwards. */
  void destroy() {
    Arrays.fill(key, (byte) 0);
  }

  byte[] bytes() {
    return key;
  }

  private static PrecordiaException corrupt(@org.jspecify.annotations.Nullable Throwable cause) {
    return new PrecordiaException(
        ErrorCode.CORRUPT_STORE,
        "stored bytes do not authenticate: the master key is not the one they were written with, or the file is damaged",
        cause);
  }
}
