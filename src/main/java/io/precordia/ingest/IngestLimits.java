package io.precordia.ingest;

/**
 * Bounds on what is taken in.
 *
 * @param submissionBytes largest submission, all parts together
 * @param queued most submissions accepted but not yet processed
 * @param queuedBytes most bytes of these together (they wait on disk, not in memory)
 * @param freeBytes disk space that is always left free
 */
public record IngestLimits(long submissionBytes, int queued, long queuedBytes, long freeBytes) {
  /** 128 MiB each, 20,000 waiting with 8 GiB, 256 MiB of disk left free. */
  public static final IngestLimits DEFAULT =
      new IngestLimits(128L << 20, 20_000, 8L << 30, 256L << 20);

  public IngestLimits {
    if (submissionBytes < 1
        || submissionBytes > 1L << 30
        || queued < 1
        || queuedBytes < submissionBytes
        || freeBytes < 0) {
      throw new IllegalArgumentException("ingest limits out of range");
    }
  }
}
