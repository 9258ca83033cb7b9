package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which running service is asked. */
final class ServiceUrl {
  private static final String HERE = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A running service (default PRECORDIA_URL, else http://127.0.0.1:8080).")
  private @Nullable String url;

  /** Whether the command line names one. */
  boolean given() {
    return url != null;
  }

  HttpDoor open() {
    return new HttpDoor(address());
  }

  private URI address() {
    String environment = System.getenv("PRECORDIA_URL");
    String chosen = url != null ? url : environment != null ? environment : HERE;
    try {
      URI uri = URI.create(chosen.replaceAll("/+$", ""));
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "--url must be like " + HERE);
  }
}
