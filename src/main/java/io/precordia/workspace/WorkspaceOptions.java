package io.precordia.workspace;

import io.precordia.ingest.IngestLimits;
import io.precordia.ingest.IngestOptions;
import io.precordia.store.MasterKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a data directory is opened.
 *
 * @param masterKey the master key, or null for the file in the data directory
 * @param catalogueCached DICOM objects whose attributes are held in memory, 0 or more
 */
public record WorkspaceOptions(
    @Nullable MasterKey masterKey, IngestOptions ingest, int catalogueCached) {
  public static final WorkspaceOptions DEFAULT =
      new WorkspaceOptions(null, IngestOptions.DEFAULT, 200_000);

  public WorkspaceOptions withMasterKey(@Nullable MasterKey key) {
    return new WorkspaceOptions(key, ingest, catalogueCached);
  }

  public WorkspaceOptions withIngest(IngestOptions options) {
    return new WorkspaceOptions(masterKey, options, catalogueCached);
  }

  /** Bound on DICOM objects whose attributes are held in memory. */
  public WorkspaceOptions withCatalogueCached(int objects) {
    return new WorkspaceOptions(masterKey, ingest, objects);
  }

  public WorkspaceOptions withLimits(IngestLimits limits) {
    return withIngest(
        new IngestOptions(
            limits, ingest.batch(), ingest.decoders(), ingest.decodeTime(), ingest.issuers()));
  }

  /** Longest time for one decode. */
  public WorkspaceOptions withDecodeTime(Duration time) {
    return withIngest(
        new IngestOptions(
            ingest.limits(), ingest.batch(), ingest.decoders(), time, ingest.issuers()));
  }
}
