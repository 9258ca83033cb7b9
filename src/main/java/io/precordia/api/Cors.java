package io.precordia.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;

/**
 * Cross-origin use by the pages of configured origins, such as a viewer's (Fetch standard, CORS
 * protocol). Without configuration no other origin may do anything.
 */
final class Cors {
  private static final String METHODS = "GET, HEAD, POST, OPTIONS";
  private static final String HEADERS = "Accept, Authorization, Content-Type, Range";
  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Whether the request comes from a page of an allowed origin. */
  boolean allows(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && origins.contains(origin);
  }

  /** Whether the browser only asks what it may do. */
  boolean isPreflight(HttpServerRequest request) {
    return request.method().name().equals("OPTIONS")
        && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
  }

  /** Lets the page read the answer. */
  void permit(HttpServerRequest request, HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, request.getHeader(HttpHeaders.ORIGIN))
        .putHeader(HttpHeaders.VARY, "Origin")
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Warning, Content-Type")
        .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
  }

  /** Answers what the browser asks. */
  void preflight(HttpServerResponse response) {
    response
        .setStatusCode(204)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
        .end();
  }
}
