package io.precordia.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.multipart.MultipartStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Speaks with one archive: STOW-RS, QIDO-RS, WADO-RS. Nothing is tried twice. Thread-safe. */
public final class DicomWebClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final String JSON = "application/dicom+json";
  private static final String OBJECTS =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
  private static final int LARGEST_ANSWER = 64 << 20;
  private final DicomWebPeer peer;
  private final long largestObject;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param largestObject most bytes of one object that is retrieved
   */
  public DicomWebClient(DicomWebPeer peer, long largestObject) {
    this.peer = peer;
    this.largestObject = largestObject;
  }

  /**
   * Stores Part 10 files as they are.
   *
   * @throws PrecordiaException NOT_READY if the archive cannot be reached
   */
  public StowResult store(List<byte[]> files) {
    String boundary = "precordia-" + UUID.randomUUID();
    List<BodyPublisher> parts = new ArrayList<>();
    for (byte[] file : files) {
      parts.add(ascii("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"));
      parts.add(BodyPublishers.ofByteArray(file));
      parts.add(ascii("\r\n"));
    }
    parts.add(ascii("--" + boundary + "--\r\n"));
    HttpRequest request =
        request("/studies")
            .header("Accept", JSON)
            .header(
                "Content-Type",
                "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
            .POST(BodyPublishers.concat(parts.toArray(BodyPublisher[]::new)))
            .build();
    HttpResponse<InputStream> answer = send(request);
    try (InputStream body = answer.body()) {
      return StowResult.of(answer.statusCode(), tree(body));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Searches.
   *
   * @param resource for example {@code /studies} or {@code /studies/UID/series}
   * @param parameters keys and other parameters of QIDO-RS
   * @return data sets in the DICOM JSON Model
   * @throws PrecordiaException NOT_READY, or INVALID_REQUEST for an answer other than 200 and 204
   */
  public List<JsonNode> search(String resource, Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
    HttpResponse<InputStream> answer =
        send(request(resource + query).header("Accept", JSON).GET().build());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 204) {
        return List.of();
      }
      check(answer);
      List<JsonNode> matches = new ArrayList<>();
      tree(body).forEach(matches::add);
      return matches;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Retrieves objects one by one, in the transfer syntax that the archive has them in.
   *
   * @param resource for example {@code /studies/UID}
   * @param sink told of each file; an exception of it ends the retrieval
   * @return the number of objects
   * @throws PrecordiaException NOT_READY, NOT_FOUND, INVALID_REQUEST, TOO_LARGE
   */
  public int retrieve(String resource, Consumer<byte[]> sink) {
    HttpResponse<InputStream> answer =
        send(request(resource).header("Accept", OBJECTS).GET().build());
    try (InputStream body = answer.body()) {
      check(answer);
      String type = answer.headers().firstValue("Content-Type").orElse("");
      if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/related")) {
        throw new PrecordiaException(
            ErrorCode.INVALID_REQUEST, "the archive did not answer with multipart/related");
      }
      MultipartStream parts = new MultipartStream(body, type);
      int count = 0;
      while (parts.next() != null) {
        BoundedBytes file = new BoundedBytes(largestObject);
        parts.copyTo(file);
        sink.accept(file.toByteArray());
        count++;
      }
      return count;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static final class BoundedBytes extends ByteArrayOutputStream {
    private final long most;

    BoundedBytes(long most) {
      this.most = most;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      if ((long) size() + len > most) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE,
            "an object of the archive is larger than precordia.upload.max-file");
      }
      super.write(b, off, len);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(peer.at(path)).timeout(peer.timeout());
    String authorization = peer.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the exchange was interrupted", e);
    }
  }

  private void check(HttpResponse<?> answer) {
    int status = answer.statusCode();
    if (status == 404) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "the archive " + peer.name() + " has no such object");
    }
    if (status / 100 != 2) {
      throw new PrecordiaException(
          status >= 500 || status == 429 ? ErrorCode.NOT_READY : ErrorCode.INVALID_REQUEST,
          "the archive " + peer.name() + " answered HTTP " + status);
    }
  }

  // The cause's own message may name what was asked for.
  private PrecordiaException broken(IOException e) {
    return new PrecordiaException(
        ErrorCode.NOT_READY,
        "the archive " + peer.name() + " cannot be reached (" + e.getClass().getSimpleName() + ")",
        e);
  }

  private JsonNode tree(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_ANSWER);
    try {
      JsonNode node = json.readTree(bytes);
      return node == null ? MissingNode.getInstance() : node;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static BodyPublisher ascii(String text) {
    return BodyPublishers.ofString(text, StandardCharsets.US_ASCII);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
