package io.precordia.api.upload;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.multipart.MultipartStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A multipart/form-data body in memory: its files and its fields. Close it to give its memory back
 * to the budget.
 */
public final class Upload implements AutoCloseable {
  private final UploadBudget.Share share;
  private final List<UploadedFile> files = new ArrayList<>();
  private final Map<String, String> fields = new LinkedHashMap<>();

  private Upload(UploadBudget.Share share) {
    this.share = share;
  }

  /**
   * Reads a body.
   *
   * @param known the field names this route takes
   * @throws PrecordiaException TOO_LARGE, BUSY, INVALID_REQUEST
   */
  public static Upload read(
      InputStream body,
      String contentType,
      UploadLimits limits,
      UploadBudget budget,
      Set<String> known) {
    Upload upload = new Upload(budget.share());
    try {
      upload.fill(
          new MultipartStream(new LimitedBody(body, limits.requestBytes()), contentType),
          limits,
          known);
      return upload;
    } catch (IOException e) {
      upload.close();
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the body ended early or could not be read", e);
    } catch (RuntimeException e) {
      upload.close();
      throw e;
    }
  }

  private void fill(MultipartStream stream, UploadLimits limits, Set<String> known)
      throws IOException {
    long held = 0;
    int parts = 0;
    for (byte[] head = stream.next(); head != null; head = stream.next()) {
      if (++parts > limits.parts()) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE,
            "more than " + limits.parts() + " files and fields in one request; send fewer at once");
      }
      PartHeader header = PartHeader.parse(head);
      String file = header.fileName();
      share.atLeast(held + 8192);
      FileSink sink =
          new FileSink(file == null ? UploadLimits.FIELD_BYTES : limits.fileBytes(), share, held);
      stream.copyTo(sink);
      byte[] bytes = sink.bytes();
      held += bytes.length;
      if (file != null) {
        files.add(new UploadedFile(file, bytes, sink.over()));
      } else {
        field(header.name(), sink.over(), bytes, known);
      }
    }
  }

  private void field(String name, boolean over, byte[] bytes, Set<String> known) {
    if (!known.contains(name)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "unknown form field; known: "
              + String.join(", ", known.stream().sorted().toList())
              + ", and files with a filename");
    }
    if (over) {
      throw new PrecordiaException(ErrorCode.TOO_LARGE, "the form field " + name + " is too large");
    }
    if (fields.put(name, new String(bytes, StandardCharsets.UTF_8)) != null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the form field " + name + " is given twice");
    }
  }

  public List<UploadedFile> files() {
    return List.copyOf(files);
  }

  /** Field values by name. */
  public Map<String, String> fields() {
    return Map.copyOf(fields);
  }

  @Override
  public void close() {
    share.close();
  }
}
