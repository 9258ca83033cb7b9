package io.precordia.api.dicomweb;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A multipart/related answer (RFC 2387), one part in memory at a time. */
final class RelatedBody {
  private RelatedBody() {}

  /** Something to be sent. */
  @FunctionalInterface
  interface Part {
    Content read();
  }

  /**
   * A part.
   *
   * @param type Content-Type with its parameters
   * @param location Content-Location, empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Content(String type, String location, byte[] bytes) {}

  /**
   * The answer.
   *
   * @param type media type of the parts
   * @param first read before anything is sent, so that its failure has a status of its own
   */
  static Response of(String type, List<? extends Part> parts) {
    Content first = parts.getFirst().read();
    String boundary = "precordia-" + UUID.randomUUID();
    StreamingOutput body =
        out -> {
          write(out, boundary, first);
          for (Part part : parts.subList(1, parts.size())) {
            write(out, boundary, part.read());
          }
          out.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        };
    return Response.ok(body)
        .header(
            HttpHeaders.CONTENT_TYPE,
            "multipart/related; type=\"" + type + "\"; boundary=" + boundary)
        .header("Cache-Control", "private, no-store")
        .build();
  }

  private static void write(OutputStream out, String boundary, Content part) throws IOException {
    StringBuilder head = new StringBuilder("\r\n--").append(boundary).append("\r\nContent-Type: ");
    head.append(part.type()).append("\r\n");
    if (!part.location().isEmpty()) {
      head.append("Content-Location: ").append(part.location()).append("\r\n");
    }
    head.append("\r\n");
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    out.write(part.bytes());
  }
}
