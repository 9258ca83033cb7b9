package io.precordia.workspace;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.ImportProgress;
import io.precordia.ingest.ImportReport;
import io.precordia.ingest.ImportRun;
import io.precordia.ingest.Ingest;
import io.precordia.store.DurableFiles;
import io.precordia.store.InstanceStatus;
import io.precordia.train.sim.SimulationWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Fills an empty workspace with simulated studies, by the same way in as any other file. Each study
 * comes as DICOM X-ray, DICOM ECG and its report; the report's plain-text copy and the truth stay
 * out, since neither names its patient.
 */
public final class DemoData {
  private static final int BLOCK = 4;
  private final Ingest ingest;
  private final Records records;
  private final SimulationWriter writer = new SimulationWriter();

  public DemoData(Workspace workspace) {
    this.ingest = workspace.ingest();
    this.records = workspace.records();
  }

  /** Whether nothing was kept here yet. */
  public boolean isEmpty() {
    return records.count(InstanceStatus.STORED) == 0 && records.count(InstanceStatus.FLAGGED) == 0;
  }

  /**
   * Adds studies 0 to {@code count - 1} of a seed, if the workspace is empty. The studies exist as
   * files only while they are sent.
   *
   * @param progress told the number of studies sent and processed
   * @return what became of them; an empty account if the workspace was not empty
   * @throws PrecordiaException INVALID_ARGUMENT for a count outside 1 to 100,000, STORAGE_FULL
   */
  public ImportReport fill(int count, long seed, ImportProgress progress) {
    if (count < 1 || count > 100_000) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "the number of demo studies must be 1 to 100000, not " + count);
    }
    List<ImportReport.Entry> entries = new ArrayList<>();
    if (!isEmpty()) {
      return new ImportReport(entries);
    }
    // The next block is simulated while this one is decoded and embedded.
    CompletableFuture<Path> next = write(seed, 0, Math.min(count, BLOCK));
    for (int from = 0; from < count; from += BLOCK) {
      Path folder = join(next);
      try {
        int to = Math.min(count, from + BLOCK);
        next =
            to < count
                ? write(seed, to, Math.min(count, to + BLOCK))
                : CompletableFuture.completedFuture(folder);
        entries.addAll(
            new ImportRun(ingest, ImportProgress.NONE).run(List.of(folder), null).entries());
        progress.advanced(to, to, count);
      } catch (RuntimeException e) {
        delete(join(next));
        throw e;
      } finally {
        delete(folder);
      }
    }
    return new ImportReport(entries);
  }

  private CompletableFuture<Path> write(long seed, int from, int to) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Path folder = Files.createTempDirectory("precordia-demo");
            for (int i = from; i < to; i++) {
              Path study = folder.resolve(SimulationWriter.folder(seed, i));
              writer.writeStudy(study, seed, i);
              Files.deleteIfExists(study.resolve("truth.json"));
              Files.deleteIfExists(study.resolve("report.txt"));
            }
            return folder;
          } catch (IOException e) {
            throw DurableFiles.failure(
                "the demo studies cannot be written to the temporary folder", e);
          }
        });
  }

  private static Path join(CompletableFuture<Path> folder) {
    try {
      return folder.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PrecordiaException p
          ? p
          : new PrecordiaException(
              ErrorCode.INTERNAL, "the demo studies cannot be made", e.getCause());
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw DurableFiles.failure("the demo studies' temporary folder cannot be deleted", e);
    }
  }
}
