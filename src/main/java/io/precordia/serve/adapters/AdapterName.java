package io.precordia.serve.adapters;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.regex.Pattern;

/** Names of adapters are file names and parts of addresses, so they are kept plain. */
public final class AdapterName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

  /** What opts out of default adapters; no adapter can have this name. */
  public static final String NONE = "none";

  private AdapterName() {}

  /**
   * @throws PrecordiaException INVALID_ARGUMENT unless it has 1 to 64 of a–z, 0–9, dot, hyphen and
   *     underscore, begins and ends with a letter or digit, and is not {@link #NONE}
   */
  public static String checked(String name) {
    if (!FORM.matcher(name).matches() || name.contains("..")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "an adapter's name has 1 to 64 of a-z, 0-9, '.', '-', '_', and begins and ends with a letter or digit");
    }
    if (name.equals(NONE)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "\"none\" stands for no adapter; choose another name");
    }
    return name;
  }
}
