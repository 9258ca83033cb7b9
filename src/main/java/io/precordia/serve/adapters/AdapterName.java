package io.precordia.serve.adapters;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.regex.Pattern;

/** Names of adapters are file names and parts of addresses, so they are kept plain. */
public final class AdapterName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

  private AdapterName() {}

  /**
   * @throws PrecordiaException INVALID_ARGUMENT unless it has 1 to 64 of a–z, 0–9, dot, hyphen and
   *     underscore, and begins and ends with a letter or digit
   */
  public static String checked(String name) {
    if (!FORM.matcher(name).matches() || name.contains("..")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "an adapter's name has 1 to 64 of a-z, 0-9, '.', '-', '_', and begins and ends with a letter or digit");
    }
    return name;
  }
}
