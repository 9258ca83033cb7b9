package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.ImportReport.Status;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.study.Modality;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportRunTest {
  @TempDir Path dir;
  private Path in;
  private Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    in = Files.createDirectories(dir.resolve("in"));
    workspace =
        Workspace.open(
            dir.resolve("data"),
            TestEncoder::new,
            WorkspaceOptions.DEFAULT.withLimits(new IngestLimits(1 << 20, 4, 1 << 22, 0)));
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private Path write(String name, String text) throws IOException {
    Path file = in.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private ImportReport run(List<Path> paths, Path manifest) {
    return new ImportRun(workspace.ingest(), ImportProgress.NONE).run(paths, manifest);
  }

  private static List<String> names(List<ImportReport.Entry> entries) {
    return entries.stream()
        .map(e -> Path.of(e.files().getFirst()).getFileName().toString())
        .toList();
  }

  @Test
  void everyFileIsAccountedFor() throws IOException {
    for (int i = 0; i < 20; i++) { // more than the queue takes at once
      write("reports/r" + i + ".txt", "Effusion of grade number " + i + ".");
    }
    write("reports/same.txt", "Effusion of grade number 7.");
    write("empty.txt", "");
    write("page.html", "<html><body>hello</body></html>");
    write("orphan.dat", "\u0001\u0002\u0003");
    write("large.txt", "x".repeat((1 << 20) + 1));
    ecg("rec/100");
    ImportReport report = run(List.of(in), null);
    assertEquals(21, report.count(Status.STORED), () -> report.with(Status.FLAGGED).toString());
    assertEquals(
        List.of("100.hea"),
        names(report.with(Status.STORED).stream().filter(e -> e.files().size() == 2).toList()));
    assertEquals(List.of("same.txt"), names(report.with(Status.DUPLICATE)));
    assertEquals(
        List.of("empty.txt", "orphan.dat", "page.html"), names(report.with(Status.FLAGGED)));
    assertEquals(List.of("large.txt"), names(report.with(Status.FAILED)));
    assertEquals(
        ErrorCode.TOO_LARGE, report.with(Status.FAILED).getFirst().flags().getFirst().code());
    assertTrue(report.with(Status.FLAGGED).stream().noneMatch(e -> e.flags().isEmpty()));
    assertFalse(report.complete());
    try (Stream<Path> files = Files.walk(in)) {
      assertEquals(files.filter(Files::isRegularFile).count(), report.files());
    }
    ImportReport again = run(List.of(in), null);
    assertEquals(25, again.count(Status.DUPLICATE));
    assertEquals(0, again.count(Status.STORED));
    assertEquals(21, workspace.records().count(InstanceStatus.STORED));
  }

  private void ecg(String name) throws IOException {
    ByteBuffer samples = ByteBuffer.allocate(2 * 2 * 5000).order(ByteOrder.LITTLE_ENDIAN);
    short[] sums = new short[2];
    for (int i = 0; i < 5000; i++) {
      short one = (short) (800 * Math.exp(-Math.pow(i % 400 - 200, 2) / 50.0));
      short two = (short) (i % 100);
      samples.putShort(one).putShort(two);
      sums[0] += one;
      sums[1] += two;
    }
    write(
        name + ".hea",
        "100 2 500 5000\n100.dat 16 1000/mV 16 0 0 %d 0 I\n100.dat 16 1000/mV 16 0 0 %d 0 II\n"
            .formatted(sums[0], sums[1]));
    Files.write(in.resolve(name + ".dat"), samples.array());
  }

  @Test
  void aManifestGivesIdentitiesAndReports() throws IOException {
    write("a.txt", "Right lower zone consolidation.");
    ecg("100");
    write("other.txt", "Not named by the manifest.");
    Path manifest =
        write(
            "manifest.csv",
            "file,subject,study,date,report,label,sex,age\na.txt,P1,S1,2024-05-17,,NORM|SR,M,61\n100.hea,P1,S1,2024-05-17,sinus rhythm with low voltage,,M,61\nmissing.txt,P9,,,,,,\n");
    ImportReport report = run(List.of(in), manifest);
    assertEquals(4, report.count(Status.STORED), () -> report.with(Status.FLAGGED).toString());
    assertEquals(List.of("missing.txt"), names(report.with(Status.FAILED)));
    List<InstanceRecord> all = workspace.records().list(null, 0, 100).items();
    List<InstanceRecord> study =
        all.stream().filter(r -> "P1".equals(r.identity().subject())).toList();
    assertEquals(3, study.size());
    assertEquals(1, study.stream().map(InstanceRecord::study).distinct().count());
    assertEquals(
        List.of(Modality.ECG, Modality.REPORT, Modality.REPORT),
        study.stream().map(InstanceRecord::modality).sorted((a, b) -> a.compareTo(b)).toList());
    InstanceRecord text =
        study.stream().filter(r -> r.partNames().contains("a.txt")).findFirst().orElseThrow();
    assertEquals(LocalDate.of(2024, 5, 17), text.identity().date());
    assertEquals(List.of("NORM", "SR"), text.identity().tags());
  }

  @Test
  void aManifestAloneNamesWhatIsImported() throws IOException {
    write("a.txt", "Clear lungs on both sides.");
    write("b.txt", "Not named here at all.");
    Path manifest = write("manifest.csv", "file,subject\na.txt,P1\n../outside.txt,P2\n");
    ImportReport report = run(List.of(), manifest);
    assertEquals(List.of("a.txt"), names(report.with(Status.STORED)));
    assertEquals(List.of("manifest.csv:3"), names(report.with(Status.FAILED)));
  }

  @Test
  void linksThatLeaveTheFolderAreNotFollowed() throws IOException {
    Files.writeString(dir.resolve("secret.txt"), "A report outside of the folder.");
    write("a.txt", "A report inside of the folder.");
    Files.createSymbolicLink(in.resolve("out.txt"), dir.resolve("secret.txt"));
    Files.createSymbolicLink(in.resolve("up"), dir);
    Files.createSymbolicLink(in.resolve("again.txt"), in.resolve("a.txt"));
    Files.createSymbolicLink(in.resolve("broken.txt"), in.resolve("nowhere"));
    ImportReport report = run(List.of(in), null);
    assertEquals(List.of("a.txt"), names(report.with(Status.STORED)));
    assertEquals(
        List.of("broken.txt", "out.txt", "up"),
        names(report.with(Status.FAILED)).stream().sorted().toList());
    Path manifest = write("manifest.csv", "file\nout.txt\n");
    assertEquals(1, run(List.of(), manifest).count(Status.FAILED));
  }

  @Test
  void aPathThatIsNotThereFailsAndTheOthersAreImported() throws IOException {
    Path a = write("a.txt", "One good report.");
    ImportReport report = run(List.of(in.resolve("gone"), a), null);
    assertEquals(1, report.count(Status.STORED));
    assertEquals(
        ErrorCode.NOT_FOUND, report.with(Status.FAILED).getFirst().flags().getFirst().code());
    assertEquals(
        ErrorCode.INVALID_REQUEST,
        assertThrows(PrecordiaException.class, () -> run(List.of(), null)).code());
  }

  @Test
  void progressEndsComplete() throws IOException {
    for (int i : IntStream.range(0, 10).toArray()) {
      write("r" + i + ".txt", "Report of number " + i + ".");
    }
    int[] last = new int[3];
    new ImportRun(
            workspace.ingest(), (a, p, t) -> System.arraycopy(new int[] {a, p, t}, 0, last, 0, 3))
        .run(List.of(in), null);
    assertEquals(List.of(10, 10, 10), IntStream.of(last).boxed().toList());
  }
}
