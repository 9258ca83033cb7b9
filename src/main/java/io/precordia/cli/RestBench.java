package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What REST costs over the bare forward pass: a server in this process over loopback beside the
 * bare encoder, alternating.
 */
final class RestBench implements Bench {
  @Override
  public String name() {
    return "rest";
  }

  @Override
  public String about() {
    return "POST /v1/embeddings of one X-ray over loopback beside the bare forward pass";
  }

  @Override
  public Map<String, Object> run(BenchOptions options) throws IOException {
    Path data = Files.createTempDirectory("precordia-bench");
    Path model = options.model();
    System.setProperty("precordia.data", data.toString());
    System.setProperty("precordia.port", "0");
    if (model != null) {
      System.setProperty("precordia.model", model.toAbsolutePath().toString());
    }
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try {
      Quarkus.run(
          RestBenchMain.class,
          (code, cause) -> {
            if (cause != null) {
              failure.set(cause);
            }
          },
          Integer.toString(options.rounds()),
          data.resolve("figures.json").toString());
      if (failure.get() != null) {
        throw new PrecordiaException(
            ErrorCode.INTERNAL, "the server of the benchmark did not run", failure.get());
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      Json.MAPPER
          .readTree(data.resolve("figures.json").toFile())
          .properties()
          .forEach(figure -> figures.put(figure.getKey(), figure.getValue()));
      return figures;
    } finally {
      StartupBench.delete(data);
    }
  }
}
