package io.precordia.dicom.net;

import java.time.Duration;

/**
 * Bounds on what peers may take of this AE.
 *
 * @param associations most at once
 * @param associationsOfPeer most at once with one calling AE title
 * @param pdu largest P-DATA-TF PDU in bytes (PS3.8 9.3.5), as negotiated
 * @param operations most operations of one association outstanding at once (PS3.7 D.3.3.3)
 * @param request longest wait for the A-ASSOCIATE-RQ, and for the end after a release or abort: the
 *     ARTIM timer (PS3.8 9.1.4)
 * @param idle longest time without an operation
 * @param stall longest time for one PDU to come or to be taken
 */
public record DimseLimits(
    int associations,
    int associationsOfPeer,
    int pdu,
    int operations,
    Duration request,
    Duration idle,
    Duration stall) {
  /** 100 associations, 100 of one peer, 128 KiB, 16 operations, 10 s, 60 s, 30 s. */
  public static final DimseLimits DEFAULT =
      new DimseLimits(
          100,
          100,
          128 << 10,
          16,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));

  public DimseLimits {
    if (associations < 1
        || associationsOfPeer < 1
        || pdu < 4096
        || pdu > 1 << 20
        || operations < 1
        || operations > 0xFFFF
        || out(request)
        || out(idle)
        || out(stall)) {
      throw new IllegalArgumentException("DIMSE limits out of range");
    }
  }

  private static boolean out(Duration time) {
    return time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(1)) > 0;
  }
}
