package io.precordia.api.upload;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.multipart.MultipartStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A multipart/related body (RFC 2387), read part by part, so that a request of many objects holds
 * one of them in memory. For one thread.
 */
public final class RelatedUpload implements AutoCloseable {
  private final MultipartStream stream;
  private final UploadLimits limits;
  private final UploadBudget.Share share;
  private final UploadBudget.Share current;
  private long kept;
  private int parts;

  private RelatedUpload(MultipartStream stream, UploadLimits limits, UploadBudget budget) {
    this.stream = stream;
    this.limits = limits;
    this.share = budget.share();
    this.current = budget.share();
  }

  /**
   * Begins to read.
   *
   * @throws PrecordiaException INVALID_REQUEST without a boundary
   */
  public static RelatedUpload of(
      InputStream body, String contentType, UploadLimits limits, UploadBudget budget) {
    return new RelatedUpload(
        new MultipartStream(new LimitedBody(body, limits.requestBytes()), contentType),
        limits,
        budget);
  }

  /**
   * The next part; the bytes of the one before are no longer counted. Null after the last.
   *
   * @throws PrecordiaException INVALID_REQUEST, TOO_LARGE, BUSY
   */
  public @Nullable RelatedPart next() {
    current.close();
    return read(current, 0);
  }

  /** The next part, whose bytes stay counted until the end, like those of all parts kept before. */
  public @Nullable RelatedPart nextKept() {
    RelatedPart part = read(share, kept);
    kept += part == null ? 0 : part.bytes().length;
    return part;
  }

  private @Nullable RelatedPart read(UploadBudget.Share counted, long before) {
    try {
      byte[] head = stream.next();
      if (head == null) {
        return null;
      }
      if (++parts > limits.parts()) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE,
            "more than " + limits.parts() + " parts in one request; send fewer at once");
      }
      FileSink sink = new FileSink(limits.fileBytes(), counted, before);
      stream.copyTo(sink);
      return new RelatedPart(
          header(head, "content-type:"),
          header(head, "content-location:"),
          sink.bytes(),
          sink.over());
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the body ended early or could not be read", e);
    }
  }

  private static String header(byte[] head, String name) {
    for (String line : new String(head, StandardCharsets.UTF_8).split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name)) {
        return line.substring(name.length()).strip();
      }
    }
    return "";
  }

  @Override
  public void close() {
    current.close();
    share.close();
  }
}
