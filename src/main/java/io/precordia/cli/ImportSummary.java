package io.precordia.cli;

import io.precordia.api.view.FlagView;
import io.precordia.ingest.ImportReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code import --json} prints: every file is in exactly one count or list.
 *
 * @param files files named or found
 * @param stored instances embedded and searchable
 * @param duplicate instances whose content was there before
 * @param flagged kept but not embedded, with reasons
 * @param failed not kept, with reasons
 */
record ImportSummary(int files, int stored, int duplicate, List<Line> flagged, List<Line> failed) {
  /** One instance, or what was to become one. */
  record Line(List<String> files, @Nullable String instance, List<FlagView> reasons) {}

  static ImportSummary of(ImportReport report) {
    return new ImportSummary(
        report.files(),
        report.count(ImportReport.Status.STORED),
        report.count(ImportReport.Status.DUPLICATE),
        lines(report, ImportReport.Status.FLAGGED),
        lines(report, ImportReport.Status.FAILED));
  }

  private static List<Line> lines(ImportReport report, ImportReport.Status status) {
    return report.with(status).stream()
        .map(e -> new Line(e.files(), e.instance(), e.flags().stream().map(FlagView::of).toList()))
        .toList();
  }
}
