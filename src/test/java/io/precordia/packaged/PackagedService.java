package io.precordia.packaged;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged program serving a data directory, as {@code ./precordia serve} starts it. */
final class PackagedService implements AutoCloseable {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private final Process process;
  private final CompletableFuture<@Nullable String> line = new CompletableFuture<>();
  private final Path log;
  private final long begun = System.nanoTime();

  private PackagedService(Process process, Path log) {
    this.process = process;
    this.log = log;
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * Where its doors are.
   *
   * @param url of REST, with a slash at its end
   * @param dicom TCP port
   * @param hl7 TCP port
   * @param millis from the start of the process until it said that it is ready
   */
  record Doors(String url, int dicom, int hl7, long millis) {}

  /** Skips the test where the program was not packaged. */
  static void need() {
    assumeTrue(Files.exists(JAR), JAR + " is missing: run ./mvnw package first");
  }

  /**
   * Begins to start it, every door on a free port.
   *
   * @param log its standard error is added to this file
   * @param keys further configuration
   */
  static PackagedService start(Path data, Path log, Map<String, String> keys) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--") || a.startsWith("-Dai.djl") || a.contains("logging"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Djava.awt.headless=true",
            "-Dprecordia.home=" + Path.of("").toAbsolutePath(),
            "-Dprecordia.dimse.port=0",
            "-Dprecordia.hl7.port=0"));
    keys.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of(
            "-jar",
            JAR.toString(),
            "serve",
            "--json",
            "--port",
            "0",
            "--data",
            data.toAbsolutePath().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new PackagedService(process, log);
  }

  private void listen() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      line.complete(out.readLine());
    } catch (IOException e) {
      line.complete(null);
    }
  }

  /** Waits until it is ready. */
  Doors ready() throws Exception {
    String said = line.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
    long millis = (System.nanoTime() - begun) / 1_000_000;
    if (said == null) {
      throw new AssertionError("the service did not start: " + Files.readString(log));
    }
    JsonNode doors = new ObjectMapper().readTree(said);
    return new Doors(
        doors.path("url").asText(),
        port(doors.path("dicom").asText()),
        port(doors.path("hl7").asText()),
        millis);
  }

  private static int port(String door) {
    return Integer.parseInt(door.substring(door.lastIndexOf(':') + 1));
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the process survives SIGKILL");
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
