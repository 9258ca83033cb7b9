package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code precordia serve}: the only command that boots the framework. */
@Command(
    name = "serve",
    description =
        "Starts the service: REST, the page at /, OpenAPI at /q/openapi, health and metrics under /q.",
    footer = {
      "",
      "The service has no login of its own: it listens on loopback unless --host says otherwise."
    })
final class ServeCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default 127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "TCP port, 0 for a free one (default 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default data in the program's folder).")
  private @Nullable Path data;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model folder (default models/precordia-more).")
  private @Nullable Path model;

  @Option(names = "--demo", description = "Fill an empty store with simulated studies.")
  private boolean demo;

  @Option(names = "--demo-studies", paramLabel = "N", description = "How many (default 60).")
  private @Nullable Integer demoStudies;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file (.properties or .yaml) with keys of docs/configuration.md.")
  private @Nullable Path config;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    set("precordia.host", host);
    set("precordia.port", port);
    set("precordia.data", data == null ? null : data.toAbsolutePath());
    set("precordia.model", model == null ? null : model.toAbsolutePath());
    set("precordia.demo", demo ? true : null);
    set("precordia.demo-studies", demoStudies);
    if (config != null) {
      if (!Files.isReadable(config)) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION, "the file given by --config cannot be read");
      }
      set("smallrye.config.locations", config.toAbsolutePath().toUri());
    }
    AtomicInteger status = new AtomicInteger();
    Quarkus.run(
        ServiceMain.class,
        (code, cause) -> {
          status.set(code);
          if (cause != null) {
            status.set(StartFailure.report(cause, console.err()));
          }
        },
        output.json() ? new String[] {"--json"} : new String[0]);
    return status.get();
  }

  /** The framework reads its configuration from system properties, among others. */
  private static void set(String key, @Nullable Object value) {
    if (value != null) {
      System.setProperty(key, value.toString());
    }
  }
}
