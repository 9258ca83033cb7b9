package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say who answers. */
final class TargetOptions {
  private static final String HERE = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A running service (default PRECORDIA_URL, else http://127.0.0.1:8080).")
  private @Nullable String url;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Work straight on this data directory; no service may have it open.")
  private @Nullable Path data;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model folder, without --url (default models/precordia-more).")
  private @Nullable Path model;

  /** A service or a data directory. */
  Service open() {
    if (url != null && (data != null || model != null)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "--url cannot be combined with --data or --model");
    }
    if (data != null) {
      return LocalService.open(LocalConfig.load(data, model));
    }
    return new RemoteService(new HttpDoor(address()));
  }

  /** As {@link #open}; where neither is named, the model alone is enough. */
  Service openForModel() {
    return url == null && data == null ? ModelService.open(LocalConfig.load(null, model)) : open();
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
