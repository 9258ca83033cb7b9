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
 */
public record WorkspaceOptions(@Nullable MasterKey masterKey, IngestOptions ingest) {
  public static final WorkspaceOptions DEFAULT = new WorkspaceOptions(null, IngestOptions.DEFAULT);

  public WorkspaceOptions withMasterKey(@Nullable MasterKey key) {
    return new WorkspaceOptions(key, ingest);
  }

  public WorkspaceOptions withIngest(IngestOptions options) {
    return new WorkspaceOptions(masterKey, options);
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
