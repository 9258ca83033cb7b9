package io.precordia.dicom.deid;

import io.precordia.report.Deidentifier;
import io.precordia.report.KnownIdentifiers;
import java.util.regex.Pattern;
import org.aoju.bus.image.galaxy.data.VR;

/** Free text without what identifies. */
final class TextCleaner {
  private static final Pattern UID =
      Pattern.compile("(?<![\\d.])[0-2](?:\\.\\d{1,39}){4,}(?![\\d.])");
  private final KnownIdentifiers known;
  private final Deidentifier patterns = new Deidentifier();

  TextCleaner(KnownIdentifiers known) {
    this.known = known;
  }

  /** Cleaned for a descriptor or narrative: known identifiers, and what looks like one. */
  String clean(String text, VR vr) {
    return fit(
        patterns.redactStrictly(
            UID.matcher(known.redact(text)).replaceAll(KnownIdentifiers.PLACEHOLDER)),
        vr);
  }

  /** Kept text, in which the known identifiers must not stand either. */
  String scrub(String text, VR vr) {
    return fit(known.redact(text), vr);
  }

  boolean identifies(String text) {
    return known.in(text);
  }

  /** Placeholders may be longer than what they replace; PS3.5 6.2 limits the value. */
  private static String fit(String text, VR vr) {
    int longest =
        switch (vr) {
          case SH, CS -> 16;
          case LO -> 64;
          case ST -> 1024;
          case LT -> 10240;
          default -> Integer.MAX_VALUE;
        };
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest)).stripTrailing();
  }
}
