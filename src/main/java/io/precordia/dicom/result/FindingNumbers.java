package io.precordia.dicom.result;

/** The numbers of one finding, with their concepts and UCUM units. */
final class FindingNumbers {
  private static final Code PERCENT = new Code("%", "UCUM", "percent");
  private static final Code UNITY = new Code("1", "UCUM", "no units");
  private static final double HUNDRED = 100;

  private FindingNumbers() {}

  static void into(ContentItems group, Finding finding) {
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
  }
}
