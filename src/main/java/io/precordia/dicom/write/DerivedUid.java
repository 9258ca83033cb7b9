package io.precordia.dicom.write;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * UUID-derived unique identifiers (PS3.5 B.2) that are a function of a name: the same name gives
 * the same UID.
 */
public final class DerivedUid {
  private DerivedUid() {}

  /** {@code 2.25.} and the decimal value of the name's version 3 UUID; at most 44 characters. */
  public static String of(String name) {
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    BigInteger high = new BigInteger(Long.toUnsignedString(uuid.getMostSignificantBits()));
    BigInteger low = new BigInteger(Long.toUnsignedString(uuid.getLeastSignificantBits()));
    return "2.25." + high.shiftLeft(64).or(low);
  }
}
