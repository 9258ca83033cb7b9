package io.precordia.report;

import io.precordia.study.Report;
import java.util.regex.Pattern;

/**
 * Report to the text that is embedded (specification of MoRE, 1.2): findings, then impression,
 * without their headings, or the whole text if neither is marked; identifying words removed;
 * underscores and dashes turned into spaces; sentences with a clock time dropped ("discussed with
 * Dr. X at 3:15 pm"); white space collapsed. Thread-safe.
 */
public final class ReportCleaner {
  private static final Pattern DASHES = Pattern.compile("[_\\-\u2010-\u2015\u2212=*#~|]+");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern SENTENCE_END =
      Pattern.compile(
          "(?<=[.!?])(?<!\\b(?:Dr|Prof|Mr|Mrs|Ms|Nr|No|ca|bzw|[A-Za-z])\\.)\\s+(?=[\\p{Lu}\\d\\[])");
  private static final Pattern CLOCK =
      Pattern.compile(
          "(?i)(?<![\\d.])(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?(?!\\d)|(?<![\\d.])\\d{1,2} ?(?:[ap]\\.?m\\b|uhr\\b)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[(?:DATE|PHONE|EMAIL|ID|NAME)\\]");

  private final Deidentifier deidentifier = new Deidentifier();

  /** Text for the encoder; may be empty if nothing but dropped sentences was there. */
  public String embeddingText(Report report) {
    String findings = report.findings().strip();
    String impression = report.impression().strip();
    String body =
        findings.isEmpty() && impression.isEmpty()
            ? report.text()
            : (findings + "\n" + impression).strip();
    String text = deidentifier.redact(body);
    StringBuilder kept = new StringBuilder();
    for (String sentence : SENTENCE_END.split(SPACE.matcher(text).replaceAll(" "))) {
      if (!CLOCK.matcher(sentence).find()) {
        kept.append(kept.isEmpty() ? "" : " ").append(sentence);
      }
    }
    String clean = PLACEHOLDER.matcher(kept).replaceAll(" ");
    clean = DASHES.matcher(clean).replaceAll(" ");
    return SPACE.matcher(clean).replaceAll(" ").strip();
  }
}
