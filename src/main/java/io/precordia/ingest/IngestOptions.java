package io.precordia.ingest;

import java.time.Duration;

/**
 * How submissions are processed.
 *
 * @param batch most instances embedded together
 * @param decoders threads that decode side by side
 * @param decodeTime longest time for one decode; after that the instance is flagged and the service
 *     goes on
 * @param issuers which patient identifiers are the same
 */
public record IngestOptions(
    IngestLimits limits, int batch, int decoders, Duration decodeTime, IssuerRules issuers) {
  public static final IngestOptions DEFAULT =
      new IngestOptions(IngestLimits.DEFAULT, 16, 2, Duration.ofSeconds(60));

  /** With patient identifiers taken as they come. */
  public IngestOptions(IngestLimits limits, int batch, int decoders, Duration decodeTime) {
    this(limits, batch, decoders, decodeTime, IssuerRules.NONE);
  }

  public IngestOptions {
    if (batch < 1 || decoders < 1 || decodeTime.isNegative() || decodeTime.isZero()) {
      throw new IllegalArgumentException("ingest options out of range");
    }
  }
}
