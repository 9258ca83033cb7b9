package io.precordia.api.dicomweb;

import io.precordia.dicom.Transcoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of an Accept header (RFC 9110 12.5.1) with the parameters that DICOM adds (PS3.18
 * 8.7.5).
 *
 * @param type media type or range, lower case
 * @param partType the {@code type} parameter of multipart/related, lower case; empty if absent
 * @param transferSyntax UID, {@code *} or empty if absent
 * @param quality 0 to 1
 */
record MediaRange(String type, String partType, String transferSyntax, double quality) {
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([A-Za-z-]+)\\s*=\\s*(?:\"([^\"]*+)\"|([^;,\\s]++))");
  private static final Pattern NOT_IN_QUOTES =
      Pattern.compile(",(?=(?:[^\"]*+\"[^\"]*+\")*+[^\"]*+$)");

  /** The ranges of a header, most wanted first; everything if there is none. */
  static List<MediaRange> parse(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return List.of(new MediaRange("*/*", "", "", 1));
    }
    List<MediaRange> out = new ArrayList<>();
    for (String range : NOT_IN_QUOTES.split(accept, 64)) {
      if (!range.isBlank()) {
        out.add(one(range));
      }
    }
    out.removeIf(r -> r.quality() <= 0);
    out.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
    return out;
  }

  private static MediaRange one(String range) {
    int end = range.indexOf(';');
    String type = (end < 0 ? range : range.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    String part = "";
    String syntax = "";
    double quality = 1;
    Matcher parameter = PARAMETER.matcher(range);
    while (parameter.find()) {
      String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
        case "type" -> part = value.toLowerCase(Locale.ROOT);
        case "transfer-syntax" -> syntax = value;
        case "q" -> quality = value.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(value) : 0;
        default -> {}
      }
    }
    return new MediaRange(type.equals("*") ? "*/*" : type, part, syntax, quality);
  }

  /** Whether a single part of this type is wanted. */
  boolean takes(String single) {
    return type.equals("*/*")
        || type.equals(single)
        || type.equals(single.substring(0, single.indexOf('/')) + "/*");
  }

  /** Whether multipart/related with parts of this type is wanted. */
  boolean takesParts(String part) {
    return type.equals("*/*")
        || ((type.equals("multipart/related") || type.equals("multipart/*"))
            && (partType.isEmpty()
                || partType.equals("*/*")
                || partType.equals(part)
                || partType.equals(part.substring(0, part.indexOf('/')) + "/*")));
  }

  /**
   * The syntax in which an object can be given, the stored one rather than another.
   *
   * @return empty if none is wanted and possible
   */
  Optional<String> syntax(String stored) {
    return takesSyntax(stored)
        ? Optional.of(stored)
        : Optional.of(transferSyntax).filter(wanted -> Transcoder.offers(stored, wanted));
  }

  /** Whether a transfer syntax is wanted. */
  boolean takesSyntax(String uid) {
    return transferSyntax.isEmpty() || transferSyntax.equals("*") || transferSyntax.equals(uid);
  }
}
