package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.DurableFiles;
import io.precordia.study.Identity;
import java.io.IOException;

/** A reception that writes into the inbox as it goes. */
final class InboxReception implements Reception {
  private static final int STEP = 8 << 20;
  private final DurableIngest ingest;
  private final Receptions receptions;
  private final InboxSpool spool;
  private final ContentDigest digest = new ContentDigest();
  private long size;
  private long reserved;
  private boolean closed;

  InboxReception(DurableIngest ingest, Receptions receptions, InboxSpool spool) {
    this.ingest = ingest;
    this.receptions = receptions;
    this.spool = spool;
    receptions.begun();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    size += length;
    if (size > reserved) {
      long step = Math.max(STEP, size - reserved);
      reserved += step;
      long all = receptions.reserve(step);
      ingest.checkSize(size);
      ingest.checkDisk(all);
    }
    ingest.checkSize(size);
    digest.update(bytes, offset, length);
    try {
      spool.write(bytes, offset, length);
    } catch (IOException e) {
      throw DurableFiles.failure("the submission cannot be kept", e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Receipt commit(String name, Identity identity) {
    if (closed) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a reception was committed twice");
    }
    try {
      return ingest.commit(spool, size, digest.digest(), name, identity);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      receptions.reserve(-reserved);
      receptions.ended();
      spool.close();
    }
  }
}
