package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.error.ErrorCode;
import io.precordia.ingest.ImportProgress;
import io.precordia.ingest.ImportReport;
import io.precordia.ingest.ImportReport.Status;
import io.precordia.ingest.ImportRun;
import io.precordia.store.InstanceStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of real public data with a true account of every file. */
@Tag("slow")
class SharedDataImportTest {
  private static final Path SHARED = Path.of("..", "shared", "data");
  @TempDir Path dir;

  @BeforeEach
  void available() {
    assumeTrue(Files.isDirectory(SHARED), "../shared/data is not there");
  }

  private ImportReport run(List<Path> paths, Path manifest) throws IOException {
    try (Workspace w =
        Workspace.open(dir.resolve("data"), TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      ImportReport report = new ImportRun(w.ingest(), ImportProgress.NONE).run(paths, manifest);
      assertTrue(report.complete(), () -> report.with(Status.FAILED).toString());
      assertTrue(report.with(Status.FLAGGED).stream().noneMatch(e -> e.flags().isEmpty()));
      // A flagged file that comes twice is a duplicate of a flagged one: the records count each
      // content once.
      assertEquals(report.count(Status.STORED), w.records().count(InstanceStatus.STORED));
      assertEquals(report.count(Status.FLAGGED), w.records().count(InstanceStatus.FLAGGED));
      ImportReport again = new ImportRun(w.ingest(), ImportProgress.NONE).run(paths, manifest);
      assertEquals(report.entries().size(), again.count(Status.DUPLICATE));
      return report;
    }
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void ptbXlRecords() throws IOException {
    Path raw = SHARED.resolve("ecg").resolve("ptbxl").resolve("raw");
    ImportReport report = run(List.of(raw), null);
    assertEquals(files(raw), report.files());
    assertTrue(report.with(Status.STORED).stream().allMatch(e -> e.files().size() == 2));
    assertEquals(240, report.count(Status.STORED) + report.count(Status.DUPLICATE));
    assertEquals(1, report.count(Status.FLAGGED), "scp_statements.csv is no ECG");
  }

  @Test
  void ecgFormats() throws IOException {
    Path formats = SHARED.resolve("ecg").resolve("formats");
    ImportReport report = run(List.of(formats), null);
    assertEquals(files(formats), report.files());
    assertTrue(report.count(Status.STORED) >= 7, () -> report.with(Status.FLAGGED).toString());
  }

  @Test
  void chestXraysWithTheirManifest() throws IOException {
    Path nih = SHARED.resolve("xray").resolve("nih");
    List<String> lines = Files.readAllLines(nih.resolve("manifest.csv")).subList(0, 51);
    Path copy = Files.createDirectories(dir.resolve("nih").resolve("images")).getParent();
    for (String line : lines.subList(1, 51)) {
      String file = line.substring(0, line.indexOf(','));
      Files.copy(nih.resolve(file), copy.resolve(file));
    }
    Path manifest = Files.write(copy.resolve("manifest.csv"), lines);
    ImportReport report = run(List.of(), manifest);
    assertEquals(50, report.files());
    try (Workspace w =
        Workspace.open(dir.resolve("data"), TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      var all = w.records().list(null, 0, 100).items();
      assertEquals(
          lines.subList(1, 51).stream().map(l -> l.split(",")[1]).distinct().count(),
          all.stream().map(r -> r.subject()).distinct().count());
      assertTrue(
          all.stream()
              .allMatch(
                  r -> r.identity().tags().contains("PA") || r.identity().tags().contains("AP")));
      assertFalse(all.stream().anyMatch(r -> r.identity().subject() == null));
    }
  }

  @Test
  void dicomObjectsAndHospitalMessages() throws IOException {
    List<Path> folders = List.of(SHARED.resolve("dicom"), SHARED.resolve("ehr"));
    ImportReport report = run(folders, null);
    assertEquals(files(folders.get(0)) + files(folders.get(1)), report.files());
    List<String> names = new ArrayList<>();
    report.entries().forEach(e -> names.addAll(e.files()));
    assertEquals(names.size(), new HashSet<>(names).size());
    List<String> stored =
        report.with(Status.STORED).stream()
            .map(e -> Path.of(e.files().getFirst()).getFileName().toString())
            .toList();
    assertTrue(stored.contains("Diagnostic_Imaging_Report.ccda"));
    assertTrue(stored.containsAll(List.of("CR-MONO1-10-chest", "RG1_J2KI", "waveform_ecg.dcm")));
    assertTrue(
        stored.stream().noneMatch(n -> n.startsWith("README") || n.endsWith(".dump")),
        "embedded wrongly");
    ImportReport.Entry laboratory =
        report.with(Status.FLAGGED).stream()
            .filter(e -> e.files().getFirst().endsWith("LAB-ORU-1.hl7"))
            .findFirst()
            .orElseThrow();
    assertEquals(ErrorCode.NO_TEXT, laboratory.flags().getFirst().code());
  }
}
