package io.precordia.api.dicomweb;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.regex.Pattern;

/** UIDs of paths and parameters. */
final class Uids {
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final int LONGEST = 64;

  private Uids() {}

  /**
   * The same text.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if it is no UID (PS3.5 9.1)
   */
  static String valid(String uid) {
    if (uid.length() > LONGEST || !UID.matcher(uid).matches()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a UID is made of digits and dots, 64 characters at most; correct the path");
    }
    return uid;
  }
}
