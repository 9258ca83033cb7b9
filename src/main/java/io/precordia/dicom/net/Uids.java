package io.precordia.dicom.net;

import java.util.regex.Pattern;

/** Unique identifiers (PS3.5 section 9) and our own. */
final class Uids {
  /** Implementation Class UID (PS3.7 D.3.3.2). */
  static final String IMPLEMENTATION = "2.25.138560527290573298401172094834729064823";

  /** Implementation Version Name, at most 16 characters. */
  static final String VERSION_NAME = "PRECORDIA";

  static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";
  static final String VERIFICATION = "1.2.840.10008.1.1";
  static final String STORAGE_COMMITMENT = "1.2.840.10008.1.20.1";
  static final String STORAGE_COMMITMENT_INSTANCE = "1.2.840.10008.1.20.1.1";

  private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]+)*");

  private Uids() {}

  /** Whether the text has the form of a UID; leading zeros of a component are let pass. */
  static boolean valid(String text) {
    return text.length() <= 64 && FORM.matcher(text).matches();
  }
}
