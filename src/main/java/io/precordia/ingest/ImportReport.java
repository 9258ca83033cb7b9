package io.precordia.ingest;

import io.precordia.study.Flag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account of an import: one entry for whatever became an instance or failed to; every file
 * named or found is in exactly one entry.
 */
public record ImportReport(List<Entry> entries) {
  public ImportReport {
    entries = List.copyOf(entries);
  }

  /** What became of an entry's files. */
  public enum Status {
    /** Embedded and searchable. */
    STORED,
    /** The same content was kept before. */
    DUPLICATE,
    /** Kept but not embedded, for the reasons given. */
    FLAGGED,
    /** Not kept, for the reasons given. */
    FAILED
  }

  /**
   * One instance, or what was to become one.
   *
   * @param files as they were named to the import, the leading one first
   */
  public record Entry(
      List<String> files,
      Status status,
      @Nullable String instance,
      @Nullable String study,
      List<Flag> flags) {
    public Entry {
      files = List.copyOf(files);
      flags = List.copyOf(flags);
    }
  }

  /** Entries in a status. */
  public List<Entry> with(Status status) {
    return entries.stream().filter(e -> e.status() == status).toList();
  }

  public int count(Status status) {
    return (int) entries.stream().filter(e -> e.status() == status).count();
  }

  /** Number of files accounted for. */
  public int files() {
    return entries.stream().mapToInt(e -> e.files().size()).sum();
  }

  /** Whether everything was kept: nothing failed. */
  public boolean complete() {
    return count(Status.FAILED) == 0;
  }
}
