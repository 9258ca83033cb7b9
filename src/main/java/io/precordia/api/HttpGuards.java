package io.precordia.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be decided before a body is read: a declared length over the limit (413 before memory
 * is taken), and writes from pages of other sites (the service has no login of its own, so a
 * browser must not be usable against it). Also gives errors of the HTTP layer the same problem
 * documents as those of the resources.
 */
@ApplicationScoped
public class HttpGuards {
  private static final int FIRST = 10_000;
  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private final ObjectMapper json;
  private final PrecordiaConfig config;
  private final Clients clients;
  private final Cors cors;
  private final Instance<DoorProblems> doors;

  HttpGuards(
      ObjectMapper json,
      PrecordiaConfig config,
      Clients clients,
      @Any Instance<DoorProblems> doors) {
    this.doors = doors;
    this.clients = clients;
    this.json = json;
    this.config = config;
    this.cors = new Cors(Set.copyOf(config.dicomweb().corsOrigins().orElse(List.of())));
  }

  void filters(@Observes Filters filters) {
    filters.register(this::guard, FIRST);
  }

  void errors(@Observes Router router) {
    for (int status : new int[] {400, 404, 405, 406, 408, 413, 415, 431, 500, 503}) {
      router.errorHandler(status, context -> answer(context, HttpProblems.of(status)));
    }
  }

  private void guard(RoutingContext context) {
    clients.watch(context);
    HttpServerRequest request = context.request();
    boolean fromViewer = cors.allows(request);
    if (fromViewer) {
      cors.permit(request, context.response());
      if (cors.isPreflight(request)) {
        cors.preflight(context.response());
        return;
      }
    }
    if (declaredLength(request) > config.upload().maxRequest().asLongValue()) {
      // the body is not read; without this the client would have to send all of it first
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      answer(context, HttpProblems.of(413));
    } else if (!MediaTypes.wellFormed(request.getHeader(HttpHeaders.CONTENT_TYPE))
        || !MediaTypes.wellFormed(request.getHeader(HttpHeaders.ACCEPT))) {
      answer(
          context,
          Problem.of(ErrorCode.INVALID_REQUEST, "the Content-Type or Accept header is malformed"));
    } else if (WRITES.contains(request.method().name()) && !fromViewer && fromOtherSite(request)) {
      answer(
          context, Problem.of(ErrorCode.FORBIDDEN, "writes from pages of other sites are refused"));
    } else {
      context.next();
    }
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static boolean fromOtherSite(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return false;
    }
    String host = request.getHeader(HttpHeaders.HOST);
    return host == null || !host.toLowerCase(Locale.ROOT).equals(authority(origin));
  }

  private static @Nullable String authority(String origin) {
    try {
      String authority = URI.create(origin).getAuthority();
      return authority == null ? null : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void answer(RoutingContext context, Problem problem) {
    if (context.response().ended() || context.response().headWritten()) {
      return;
    }
    String path = String.valueOf(context.request().path());
    try {
      for (DoorProblems door : doors) {
        if (door.owns(path)) {
          context
              .response()
              .setStatusCode(problem.status())
              .putHeader(HttpHeaders.CONTENT_TYPE, door.mediaType())
              .end(door.body(problem));
          return;
        }
      }
      context
          .response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      context.response().setStatusCode(problem.status()).end();
    }
  }
}
