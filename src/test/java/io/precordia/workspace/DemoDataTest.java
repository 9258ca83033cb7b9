package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.ImportProgress;
import io.precordia.ingest.ImportReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {
  @TempDir Path data;

  @Test
  void anEmptyWorkspaceIsFilledOnce() {
    try (Workspace w = Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      DemoData demo = new DemoData(w);
      assertTrue(demo.isEmpty());
      List<Integer> sent = new ArrayList<>();
      ImportReport report = demo.fill(6, 42, (accepted, processed, total) -> sent.add(processed));
      assertEquals(18, report.entries().size(), "X-ray, ECG and report of each study");
      assertTrue(report.complete());
      assertEquals(0, report.count(ImportReport.Status.DUPLICATE));
      assertEquals(
          18,
          report.count(ImportReport.Status.STORED),
          () -> report.with(ImportReport.Status.FLAGGED).toString());
      assertEquals(w.index().size(), report.count(ImportReport.Status.STORED));
      assertFalse(w.words().search("lungs heart chest effusion rhythm", id -> true, 10).isEmpty());
      assertEquals(List.of(4, 6), sent);
      assertFalse(demo.isEmpty());
      assertTrue(demo.fill(6, 42, ImportProgress.NONE).entries().isEmpty());
      assertEquals(
          ErrorCode.INVALID_ARGUMENT,
          assertThrows(PrecordiaException.class, () -> demo.fill(0, 1, ImportProgress.NONE))
              .code());
    }
  }
}
