package io.precordia.multipart;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pull parser of multipart bodies (RFC 2046 section 5.1). Reads a buffer at a time and writes
 * nothing to disk: uploads are patient data and must not lie in a temporary file in the clear. For
 * one thread.
 */
public final class MultipartStream {
  // RFC 2046 allows 70 characters; Orthanc sends 73.
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
  private static final int HEAD_BYTES = 16 << 10;
  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[64 << 10];
  private int from;
  private int to;
  private boolean first = true;

  /**
   * Begins to read.
   *
   * @throws PrecordiaException INVALID_REQUEST if the type names no boundary
   */
  public MultipartStream(InputStream in, String contentType) {
    this.in = in;
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the Content-Type has no multipart boundary");
    }
    String token = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    this.delimiter = ("\r\n--" + token).getBytes(StandardCharsets.ISO_8859_1);
    // the first delimiter has no line before it; pretend there was one
    buffer[0] = '\r';
    buffer[1] = '\n';
    to = 2;
  }

  /**
   * Moves to the next part and returns its head; null after the last part. The body of the part
   * before must have been copied.
   */
  public byte @org.jspecify.annotations.Nullable [] next() throws IOException {
    if (first) {
      first = false;
      copyUntil(delimiter, OutputStream.nullOutputStream());
    }
    need(2);
    if (buffer[from] == '-' && buffer[from + 1] == '-') {
      return null;
    }
    Bounded head = new Bounded(HEAD_BYTES);
    copyUntil(BLANK_LINE, head);
    return head.bytes();
  }

  /** Copies the body of the current part. */
  public void copyTo(OutputStream out) throws IOException {
    copyUntil(delimiter, out);
  }

  private void copyUntil(byte[] mark, OutputStream out) throws IOException {
    while (true) {
      int at = find(mark);
      if (at >= 0) {
        out.write(buffer, from, at - from);
        from = at + mark.length;
        return;
      }
      int safe = Math.max(0, to - from - (mark.length - 1));
      out.write(buffer, from, safe);
      from += safe;
      fill();
    }
  }

  private int find(byte[] mark) {
    int last = to - mark.length;
    for (int i = from; i <= last; i++) {
      if (buffer[i] == mark[0] && Arrays.equals(buffer, i, i + mark.length, mark, 0, mark.length)) {
        return i;
      }
    }
    return -1;
  }

  private void need(int bytes) throws IOException {
    while (to - from < bytes) {
      fill();
    }
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the multipart body ends before its last boundary");
    }
    to += read;
  }

  /** Keeps a part's head, which has no reason to be large. */
  private static final class Bounded extends java.io.ByteArrayOutputStream {
    private final int most;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      if (size() + len > most) {
        throw new PrecordiaException(
            ErrorCode.INVALID_REQUEST, "the head of a part of the multipart body is too large");
      }
      super.write(b, off, len);
    }

    byte[] bytes() {
      return toByteArray();
    }
  }
}
