package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Imports files and folders into an {@link Ingest} and gives an account of every file. Without a
 * manifest the identities are what the files say; with one, its rows win. When the queue is full it
 * waits. Used by one thread.
 */
public final class ImportRun {
  private static final long BUSY_WAIT_MILLIS = 50;
  private static final Duration STALL = Duration.ofMinutes(5);
  private final Ingest ingest;
  private final ImportProgress progress;
  private final List<ImportReport.Entry> entries = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private int total;

  public ImportRun(Ingest ingest, ImportProgress progress) {
    this.ingest = ingest;
    this.progress = progress;
  }

  private record Sent(List<String> files, Receipt receipt) {}

  /**
   * Imports what lies under the paths.
   *
   * @param paths files and folders; may be empty if there is a manifest, which then names
   *     everything
   * @param manifest CSV file, or null. With paths, only its rows under these are used; its reports
   *     without a file are taken always
   * @throws PrecordiaException INVALID_REQUEST if there is nothing to import or the manifest is
   *     none
   */
  public ImportReport run(List<Path> paths, @Nullable Path manifest) {
    if (paths.isEmpty() && manifest == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "name at least one file or folder, or a manifest");
    }
    Manifest table = manifest == null ? new Manifest(List.of(), List.of()) : read(manifest);
    Path base = manifest == null ? null : FolderWalk.real(manifest).getParent();
    Map<Path, Manifest.Row> rows = new HashMap<>();
    List<Path> wanted = new ArrayList<>(paths);
    for (Manifest.Row row : table.rows()) {
      if (row.file() != null && base != null) {
        Path file = FolderWalk.real(base.resolve(row.file()));
        if (!file.startsWith(base)) {
          Flag outside =
              new Flag(
                  ErrorCode.INVALID_REQUEST,
                  "manifest line "
                      + row.line()
                      + ": a symbolic link that leads out of the manifest's folder");
          failed(List.of(manifest + ":" + row.line()), outside);
          continue;
        }
        rows.put(file, row);
        if (paths.isEmpty() || (!Files.exists(file) && covered(file, paths))) {
          wanted.add(file);
        }
      }
    }
    FolderWalk walk = new FolderWalk(wanted);
    if (manifest != null) {
      walk.byPath().remove(FolderWalk.real(manifest));
    }
    table.problems().forEach(p -> failed(List.of(manifest + ":" + p.line()), p.flag()));
    walk.problems().forEach((name, flag) -> failed(List.of(name), flag));
    List<Bundler.Bundle> bundles = Bundler.bundle(walk.files());
    List<Manifest.Row> reports =
        table.rows().stream()
            .filter(
                r ->
                    r.report() != null
                        && (r.file() == null || base == null || isSent(r, base, walk)))
            .toList();
    total = bundles.size() + reports.size();
    for (Bundler.Bundle bundle : bundles) {
      send(bundle, identity(bundle, rows));
    }
    for (Manifest.Row row : reports) {
      String text = row.report();
      if (text != null) {
        Submission report =
            new Submission(
                List.of(new Part("report.txt", text.getBytes(StandardCharsets.UTF_8))),
                row.identity());
        send(List.of(manifest + ":" + row.line()), report);
      }
    }
    settle();
    return new ImportReport(entries);
  }

  private static Manifest read(Path manifest) {
    try {
      if (Files.size(manifest) > 1L << 30) {
        throw new PrecordiaException(ErrorCode.TOO_LARGE, "the manifest is larger than 1 GiB");
      }
      return Manifest.parse(Files.readAllBytes(manifest));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "the manifest cannot be read");
    }
  }

  private static boolean covered(Path file, List<Path> paths) {
    return paths.stream().anyMatch(p -> file.startsWith(FolderWalk.real(p)));
  }

  private static boolean isSent(Manifest.Row row, Path base, FolderWalk walk) {
    return row.file() != null
        && walk.byPath().containsKey(FolderWalk.real(base.resolve(row.file())));
  }

  // A bundle is found by any of its files: a manifest may name the header or the signal file.
  private static Identity identity(Bundler.Bundle bundle, Map<Path, Manifest.Row> rows) {
    for (SourceFile file : bundle.files()) {
      Manifest.Row row = rows.get(FolderWalk.real(Path.of(file.name())));
      if (row != null) {
        return row.identity();
      }
    }
    return Identity.UNKNOWN;
  }

  private void send(Bundler.Bundle bundle, Identity identity) {
    List<String> names = bundle.files().stream().map(SourceFile::name).toList();
    try {
      admit(bundle.size()); // before anything is read into memory
      List<Part> parts = new ArrayList<>();
      for (SourceFile file : bundle.files()) {
        parts.add(new Part(file.baseName(), file.content().read()));
      }
      send(names, new Submission(parts, identity));
    } catch (PrecordiaException e) {
      failed(names, new Flag(e.code(), String.valueOf(e.getMessage())));
    } catch (IOException e) {
      failed(names, new Flag(ErrorCode.INVALID_REQUEST, "the file cannot be read"));
    }
  }

  private void send(List<String> names, Submission submission) {
    Instant since = Instant.now();
    while (true) {
      try {
        sent.add(new Sent(names, ingest.receive(submission)));
        progress.advanced(entries.size() + sent.size(), processed(), total);
        return;
      } catch (PrecordiaException e) {
        if (e.code() != ErrorCode.BUSY
            || Duration.between(since, Instant.now()).compareTo(STALL) > 0) {
          failed(names, new Flag(e.code(), String.valueOf(e.getMessage())));
          return;
        }
        rest();
      }
    }
  }

  private void admit(long size) {
    Instant since = Instant.now();
    while (true) {
      try {
        ingest.admit(size);
        return;
      } catch (PrecordiaException e) {
        if (e.code() != ErrorCode.BUSY
            || Duration.between(since, Instant.now()).compareTo(STALL) > 0) {
          throw e;
        }
        rest();
      }
    }
  }

  private void settle() {
    List<String> ids = sent.stream().map(s -> s.receipt().instance()).toList();
    Instant moved = Instant.now();
    int before = ingest.pending();
    while (before > 0 && Duration.between(moved, Instant.now()).compareTo(STALL) < 0) {
      rest();
      int now = ingest.pending();
      if (now != before) {
        moved = Instant.now();
        before = now;
        progress.advanced(entries.size() + sent.size(), processed(), total);
      }
    }
    List<Outcome> outcomes = ingest.await(ids, Duration.ofSeconds(30));
    for (int i = 0; i < sent.size(); i++) {
      entries.add(entry(sent.get(i), outcomes.get(i)));
    }
    sent.clear();
    progress.advanced(entries.size(), entries.size(), Math.max(total, entries.size()));
  }

  private static ImportReport.Entry entry(Sent sent, Outcome outcome) {
    ImportReport.Status status =
        sent.receipt().duplicate()
            ? ImportReport.Status.DUPLICATE
            : switch (outcome.status()) {
              case STORED -> ImportReport.Status.STORED;
              case DUPLICATE -> ImportReport.Status.DUPLICATE;
              case FLAGGED -> ImportReport.Status.FLAGGED;
              case RECEIVED -> ImportReport.Status.FAILED;
            };
    List<Flag> flags =
        status == ImportReport.Status.FAILED
            ? List.of(
                new Flag(
                    ErrorCode.BUSY,
                    "kept, but not processed in time; it is when the service goes on"))
            : outcome.flags();
    return new ImportReport.Entry(
        sent.files(),
        status,
        outcome.instance(),
        outcome.study().isEmpty() ? null : outcome.study(),
        flags);
  }

  private int processed() {
    return Math.max(0, entries.size() + sent.size() - ingest.pending());
  }

  private void failed(List<String> names, Flag flag) {
    entries.add(
        new ImportReport.Entry(names, ImportReport.Status.FAILED, null, null, List.of(flag)));
  }

  private static void rest() {
    try {
      Thread.sleep(BUSY_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(
          ErrorCode.NOT_READY, "the import was interrupted; what it sent before is kept");
    }
  }
}
