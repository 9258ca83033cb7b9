package io.precordia.report;

import io.precordia.study.Report;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits a narrative into findings and impression by its headings, English and German. A heading is
 * one of the known words at the start of a line followed by a colon or standing alone on its line,
 * or an upper-case one with a colon anywhere (reports run together in one line). A section ends at
 * the next heading of any kind; text before the first heading belongs to none.
 */
public final class ReportSections {
  private static final String FINDINGS =
      "findings?|report|description|befunde?|befundtext|ekg-befund";
  private static final String IMPRESSION =
      "impressions?|conclusions?|summary|opinion|assessment|interpretation|beurteilung|zusammenfassung|diagnosen?|fazit|bewertung";
  private static final String OTHER =
      "examination|exam|indications?|history|clinical (?:history|information|indication)|technique|comparison|procedure|recommendations?|"
          + "addendum|signed|untersuchung|fragestellung|anamnese|indikation|technik|vergleich|klinische angaben|voraufnahmen?|empfehlung|methode";
  private static final Pattern HEADING =
      Pattern.compile(
          "(?im)^[ \\t]*(?:(?<f>"
              + FINDINGS
              + ")|(?<i>"
              + IMPRESSION
              + ")|(?<o>"
              + OTHER
              + "))[ \\t]*(?::|$)"
              + "|(?-i)(?<=[.;!?\\s])(?:(?<f2>FINDINGS?|BEFUNDE?)|(?<i2>IMPRESSIONS?|CONCLUSIONS?|BEURTEILUNG|ZUSAMMENFASSUNG)|"
              + "(?<o2>EXAMINATION|INDICATION|HISTORY|TECHNIQUE|COMPARISON|RECOMMENDATIONS?|TECHNIK|FRAGESTELLUNG|VERGLEICH)):");

  private ReportSections() {}

  /**
   * The report with its sections; empty strings where no heading marks one. The text is kept as it
   * is, surrounding space removed.
   */
  public static Report split(String text) {
    StringBuilder findings = new StringBuilder();
    StringBuilder impression = new StringBuilder();
    Matcher m = HEADING.matcher(text);
    @Nullable StringBuilder open = null;
    int from = 0;
    while (m.find()) {
      append(open, text, from, m.start());
      open =
          m.group("f") != null || m.group("f2") != null
              ? findings
              : m.group("i") != null || m.group("i2") != null ? impression : null;
      from = m.end();
    }
    append(open, text, from, text.length());
    return new Report(text.strip(), findings.toString(), impression.toString());
  }

  private static void append(@Nullable StringBuilder open, String text, int from, int to) {
    if (open != null) {
      String part = text.substring(from, to).strip();
      if (!part.isEmpty()) {
        open.append(open.isEmpty() ? "" : "\n").append(part);
      }
    }
  }
}
