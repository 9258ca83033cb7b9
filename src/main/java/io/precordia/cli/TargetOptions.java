package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say who answers. */
final class TargetOptions {
  @Mixin private final ServiceUrl url = new ServiceUrl();

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
    if (url.given() && (data != null || model != null)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "--url cannot be combined with --data or --model");
    }
    if (data != null) {
      return LocalService.open(LocalConfig.load(data, model));
    }
    return new RemoteService(url.open());
  }

  /** As {@link #open}; where neither is named, the model alone is enough. */
  Service openForModel() {
    return !url.given() && data == null ? ModelService.open(LocalConfig.load(null, model)) : open();
  }
}
