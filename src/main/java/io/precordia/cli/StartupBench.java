package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Time from the launcher's start until the service says that it is ready, on an empty data
 * directory.
 */
final class StartupBench implements Bench {
  private static final int MOST_STARTS = 5;

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String about() {
    return "launcher to ready on an empty data directory, model loaded and warm";
  }

  @Override
  public Map<String, Object> run(BenchOptions options) throws IOException, InterruptedException {
    Path launcher = LocalConfig.load(null, null).home().resolve("precordia");
    Latencies latencies = new Latencies(MOST_STARTS);
    for (int i = 0; i < MOST_STARTS; i++) {
      latencies.add(start(launcher, options));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("starts", MOST_STARTS);
    figures.put("ready_ms_median", latencies.median());
    figures.put("ready_ms_max", latencies.quantile(1));
    return figures;
  }

  private static long start(Path launcher, BenchOptions options)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("precordia-bench");
    List<String> command =
        new ArrayList<>(
            List.of(
                launcher.toString(), "serve", "--port", "0", "--data", data.toString(), "--json"));
    Path model = options.model();
    if (model != null) {
      command.addAll(List.of("--model", model.toAbsolutePath().toString()));
    }
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      long took = System.nanoTime() - begun;
      if (line == null) {
        throw new PrecordiaException(
            ErrorCode.INTERNAL,
            "the service ended before it was ready; run " + launcher + " serve to see why");
      }
      return took;
    } finally {
      process.destroy();
      process.waitFor();
      delete(data);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
