package io.precordia.api.upload;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Head of one part of a multipart/form-data body (RFC 7578).
 *
 * @param name form field name
 * @param fileName last path component of the client's file name without control characters, or null
 *     for a plain field; a hint only
 */
record PartHeader(String name, @Nullable String fileName) {
  private static final int NAME_CHARACTERS = 200;
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([A-Za-z*]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\"\\s]+))");

  static PartHeader parse(byte[] head) {
    for (String line : new String(head, StandardCharsets.UTF_8).split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        return disposition(line);
      }
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_REQUEST, "a part of the multipart body has no Content-Disposition");
  }

  private static PartHeader disposition(String line) {
    String name = null;
    String file = null;
    Matcher parameter = PARAMETER.matcher(line);
    while (parameter.find()) {
      String value =
          parameter.group(2) == null
              ? parameter.group(3)
              : parameter.group(2).replaceAll("\\\\([\"\\\\])", "$1");
      switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
        case "name" -> name = value;
        case "filename" -> file = value;
        default -> {}
      }
    }
    if (name == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "a part of the multipart body has no name");
    }
    return new PartHeader(name, file == null ? null : hint(file));
  }

  /**
   * Never used as a path; cut to its last component all the same, so that nothing downstream can be
   * led astray.
   */
  static String hint(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "").strip();
    if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
      return "unnamed";
    }
    // the end is kept: it has the extension
    return clean.length() <= NAME_CHARACTERS
        ? clean
        : clean.substring(clean.length() - NAME_CHARACTERS);
  }
}
