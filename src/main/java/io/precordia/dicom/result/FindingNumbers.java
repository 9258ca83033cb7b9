package io.precordia.dicom.result;

import java.util.Locale;

/** The numbers of one finding, with their concepts and UCUM units. */
final class FindingNumbers {
  private static final Code PERCENT = new Code("%", "UCUM", "percent");
  private static final Code UNITY = new Code("1", "UCUM", "no units");
  private static final double HUNDRED = 100;

  private FindingNumbers() {}

  /** Certainty and score; the certainty. */
  static ContentItems into(ContentItems group, Finding finding) {
    ContentItems certainty =
        group.number(
            ReportFrame.CONTAINS,
            Code.dcm("111012", "Certainty of Finding"),
            HUNDRED * finding.probability(),
            PERCENT);
    Double score = finding.score();
    if (score != null) {
      group.number(
          ReportFrame.CONTAINS,
          Code.own("contrast-score", "Zero-shot contrast score"),
          score,
          UNITY);
    }
    return certainty;
  }

  static ContentItems share(ContentItems group, double share) {
    return group.number(
        ReportFrame.CONTAINS,
        Code.own("relevance-share", "Share of the model's relevance"),
        HUNDRED * share,
        PERCENT);
  }

  static void verdict(ContentItems group, Finding finding) {
    group.code(
        ReportFrame.CONTAINS,
        Code.sct("705057003", "Presence"),
        ReportFrame.verdict(finding.verdict()));
    // In words as well: viewers such as OHIF draw comments, but no codes.
    group.text(
        ReportFrame.CONTAINS,
        Code.dcm("121106", "Comment"),
        finding.words() + ": " + finding.verdict().name().toLowerCase(Locale.ROOT));
  }
}
