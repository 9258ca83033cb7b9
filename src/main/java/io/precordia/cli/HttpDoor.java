package io.precordia.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Speaks with a running service. A problem document becomes the exception that the service had.
 * Thread-safe.
 */
final class HttpDoor implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(5);
  private static final long LONGEST_REST_MILLIS = 5000;
  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  HttpDoor(URI base) {
    this.base = base;
  }

  JsonNode get(String path) {
    return send(request(path).GET());
  }

  JsonNode post(String path, Object body) {
    try {
      BodyPublisher json = BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body));
      return send(request(path).header("Content-Type", "application/json").POST(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request has no JSON form", e);
    }
  }

  /** What comes in answer to a JSON body, as it comes; the caller closes it. */
  InputStream download(String path, Object body) {
    try {
      HttpRequest request =
          request(path)
              .setHeader("Accept", "*/*")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body)))
              .build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      try (InputStream problem = response.body()) {
        throw problem(response, json(problem.readAllBytes()));
      }
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the command was interrupted", e);
    }
  }

  /** A form of fields and files. */
  JsonNode post(String path, Map<String, String> fields, List<Part> files) {
    String boundary = "precordia-" + UUID.randomUUID();
    List<BodyPublisher> parts = new ArrayList<>();
    fields.forEach(
        (name, value) ->
            parts.add(
                text(
                    "--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\""
                        + name
                        + "\"\r\n\r\n"
                        + value
                        + "\r\n")));
    for (Part file : files) {
      String name = file.name().replaceAll("[\"\\\\\\p{Cntrl}]", "_");
      parts.add(
          text(
              "--"
                  + boundary
                  + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                  + name
                  + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
      parts.add(BodyPublishers.ofByteArray(file.bytes()));
      parts.add(text("\r\n"));
    }
    parts.add(text("--" + boundary + "--\r\n"));
    BodyPublisher form = BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(form));
  }

  /** A value as one segment of a path or one value of a query. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static BodyPublisher text(String text) {
    return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(ANSWER)
        .header("Accept", "application/json");
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = json(response.body());
      if (response.statusCode() / 100 == 2) {
        return body;
      }
      throw problem(response, body);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the command was interrupted", e);
    }
  }

  private PrecordiaException unreachable(IOException e) {
    return new PrecordiaException(
        ErrorCode.NOT_READY,
        e instanceof ConnectException
            ? "no service answers at " + base + "; start one with: precordia serve"
            : "the connection to " + base + " broke: " + e.getClass().getSimpleName(),
        e);
  }

  private PrecordiaException problem(HttpResponse<?> response, JsonNode body)
      throws InterruptedException {
    ErrorCode code = ErrorCode.ofId(body.path("code").asText()).orElse(null);
    if (code == null) {
      return new PrecordiaException(
          ErrorCode.INTERNAL,
          base + " answered HTTP " + response.statusCode() + "; is it a Precordia service?");
    }
    if (code == ErrorCode.BUSY) {
      // the caller tries again at once, so the wait that the service asks for is kept here
      Thread.sleep(response.headers().firstValue("Retry-After").map(HttpDoor::millis).orElse(0L));
    }
    return new PrecordiaException(code, body.path("detail").asText("the service gave no reason"));
  }

  private static long millis(String seconds) {
    try {
      return Math.clamp(Long.parseLong(seconds.strip()) * 1000, 0, LONGEST_REST_MILLIS);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
