package io.precordia.api.upload;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a body of undeclared length that goes on beyond the limit. */
final class LimitedBody extends FilterInputStream {
  private long left;

  LimitedBody(InputStream in, long most) {
    super(in);
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? -1 : 1);
    return b;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    int n = super.read(b, off, len);
    count(n);
    return n;
  }

  private void count(int n) {
    left -= Math.max(0, n);
    if (left < 0) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE,
          "the body is larger than precordia.upload.max-request allows; send fewer files at once");
    }
  }
}
