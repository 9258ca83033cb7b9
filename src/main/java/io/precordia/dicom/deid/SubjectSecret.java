package io.precordia.dicom.deid;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replacements that are the same for the same input under one secret and reveal nothing of it
 * without: HMAC-SHA-256 (RFC 2104). Thread-safe.
 */
public final class SubjectSecret {
  /** Dates move back by one to this many days. */
  static final int MOST_DAYS = 3650;

  private final byte[] secret;

  /**
   * @param secret at least 16 bytes; copied
   */
  public SubjectSecret(byte[] secret) {
    if (secret.length < 16) {
      throw new IllegalArgumentException("the secret of replacements needs at least 16 bytes");
    }
    this.secret = secret.clone();
  }

  /** A UID under 2.25 (PS3.5 B.2) in the place of this one; at most 44 characters. */
  public String uid(String original) {
    byte[] bits = java.util.Arrays.copyOf(mac("uid", original), 16);
    bits[6] = (byte) (bits[6] & 0x0f | 0x80); // version 8: custom bits (RFC 9562)
    bits[8] = (byte) (bits[8] & 0x3f | 0x80);
    return "2.25." + new BigInteger(1, bits);
  }

  /** Days to add to every date of a subject: -1 to -3650. */
  public int shiftDays(String subject) {
    return -1 - (int) (Integer.toUnsignedLong(head("shift", subject)) % MOST_DAYS);
  }

  /** A name for a subject: {@code P-} and twelve hex digits. */
  public String pseudonym(String subject) {
    return "P-"
        + HexFormat.of()
            .formatHex(mac("subject", subject), 0, 6)
            .toUpperCase(java.util.Locale.ROOT);
  }

  private int head(String domain, String value) {
    return ByteBuffer.wrap(mac(domain, value)).getInt();
  }

  private byte[] mac(String domain, String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update(domain.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not available on this Java runtime", e);
    }
  }
}
