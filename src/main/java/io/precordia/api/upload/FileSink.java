package io.precordia.api.upload;

import java.io.OutputStream;
import java.util.Arrays;

/** Collects one file up to a limit and counts what is beyond without keeping it. */
final class FileSink extends OutputStream {
  private final long most;
  private final UploadBudget.Share share;
  private final long heldBefore;
  private byte[] bytes = new byte[8192];
  private int size;
  private boolean over;

  FileSink(long most, UploadBudget.Share share, long heldBefore) {
    this.most = most;
    this.share = share;
    this.heldBefore = heldBefore;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] b, int off, int len) {
    if (over || (long) size + len > most) {
      over = true;
      bytes = new byte[0];
      size = 0;
      return;
    }
    if (size + len > bytes.length) {
      long larger = Math.min(Math.max(bytes.length * 2L, (long) size + len), most);
      share.atLeast(heldBefore + larger);
      bytes = Arrays.copyOf(bytes, (int) larger);
    }
    System.arraycopy(b, off, bytes, size, len);
    size += len;
  }

  boolean over() {
    return over;
  }

  byte[] bytes() {
    return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
  }
}
