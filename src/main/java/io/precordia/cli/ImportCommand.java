package io.precordia.cli;

import io.precordia.ingest.ImportReport;
import io.precordia.ingest.ImportRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia import}. */
@Command(
    name = "import",
    description =
        "Brings files and folders in: DICOM, PNG, JPEG, WFDB, HL7 aECG, CSV, NPY, HL7 v2, plain text.",
    footer = {
      "",
      "Every file is accounted for. Flagged files are kept and listed with the reason why they are not searchable; that is no failure.",
      "Exit status 1 when a file was not kept."
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Files and folders (searched below).")
  private final List<Path> paths = new ArrayList<>();

  @Option(
      names = "--manifest",
      paramLabel = "FILE.csv",
      description =
          "Whom files are about: columns file, subject, study, date, report, and sex, age, site, view, label; file is relative to the manifest.")
  private @Nullable Path manifest;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ImportReport report;
    try (Service service = target.open();
        ProgressLine progress = new ProgressLine(console.err(), "importing")) {
      report = new ImportRun(service.ingest(), progress).run(paths, manifest);
    }
    ImportSummary summary = ImportSummary.of(report);
    if (output.json()) {
      console.json(summary);
    } else {
      print(summary, console.out());
    }
    return report.complete() ? 0 : 1;
  }

  private static void print(ImportSummary s, PrintStream out) {
    out.printf(
        "%d files: %d stored, %d duplicate, %d flagged, %d failed%n",
        s.files(), s.stored(), s.duplicate(), s.flagged().size(), s.failed().size());
    s.flagged().forEach(line -> out.println("flagged  " + describe(line)));
    s.failed().forEach(line -> out.println("failed   " + describe(line)));
  }

  private static String describe(ImportSummary.Line line) {
    return String.join(" + ", line.files())
        + ": "
        + String.join(
            "; ", line.reasons().stream().map(r -> r.code() + ": " + r.message()).toList());
  }
}
