package io.precordia.api.upload;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that uploads may hold at once. A request takes its share before its bytes are read, or is
 * refused. Thread-safe.
 */
public final class UploadBudget {
  private final long bytes;
  private final AtomicLong taken = new AtomicLong();

  public UploadBudget(long bytes) {
    this.bytes = bytes;
  }

  /** Bytes taken now. */
  public long taken() {
    return taken.get();
  }

  /** A share of nothing yet; close it to give everything back. */
  public Share share() {
    return new Share();
  }

  /** What one request holds. For one thread. */
  public final class Share implements AutoCloseable {
    private long held;

    private Share() {}

    /**
     * Makes the share at least this large.
     *
     * @throws PrecordiaException BUSY when other requests hold too much; TOO_LARGE when it can
     *     never fit
     */
    public void atLeast(long wanted) {
      if (wanted > bytes) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE,
            "the upload is larger than precordia.upload.max-in-flight allows; send fewer files at once");
      }
      long more = wanted - held;
      if (more <= 0) {
        return;
      }
      long now = taken.addAndGet(more);
      if (now > bytes) {
        taken.addAndGet(-more);
        throw new PrecordiaException(
            ErrorCode.BUSY, "too many uploads at once; try again in a moment");
      }
      held = wanted;
    }

    @Override
    public void close() {
      taken.addAndGet(-held);
      held = 0;
    }
  }
}
