package io.precordia.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Syntax of Content-Type and Accept (RFC 9110 sections 8.3.1 and 12.5.1): the framework fails on
 * text that does not have it.
 */
final class MediaTypes {
  private static final String TOKEN = "[\\w!#$&^.+*'`|~%-]++";
  private static final String VALUE = "(?:\"[^\"]*+\"|[^\\s\",;]++)";
  private static final String PARAMETER = "\\s*+;\\s*+" + TOKEN + "=" + VALUE;
  private static final String TYPE =
      "\\s*+" + TOKEN + "(?:/" + TOKEN + ")?(?:" + PARAMETER + ")*+\\s*+;?\\s*+";
  private static final Pattern LIST = Pattern.compile(TYPE + "(?:," + TYPE + ")*+");

  private MediaTypes() {}

  /**
   * Whether a header is absent, blank, or a list of media types with parameters. Linear in the
   * header's length.
   */
  static boolean wellFormed(@Nullable String header) {
    return header == null || header.isBlank() || LIST.matcher(header).matches();
  }
}
