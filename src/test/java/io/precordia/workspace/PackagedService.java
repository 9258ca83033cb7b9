package io.precordia.workspace;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program with the launcher's flags, in a process of its own. */
final class PackagedService implements AutoCloseable {
  static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String url;
  private final long readyMillis;

  private PackagedService(Process process, int port, long begun)
      throws IOException, InterruptedException {
    this.process = process;
    this.url = "http://127.0.0.1:" + port;
    while (!ready()) {
      if (!process.isAlive() || System.nanoTime() - begun > Duration.ofMinutes(5).toNanos()) {
        close();
        throw new AssertionError("the service did not become ready");
      }
      Thread.sleep(20);
    }
    this.readyMillis = (System.nanoTime() - begun) / 1_000_000;
  }

  /** Starts it and waits until /q/health/ready says so. */
  static PackagedService start(Path data, Path log, String heap)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(JAVA.resolve("java").toString(), "-Xmx" + heap));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(flags());
    command.addAll(
        List.of(
            "-Djava.awt.headless=true",
            "-Dprecordia.home=" + Path.of("").toAbsolutePath(),
            "-Dprecordia.dimse.port=0",
            "-Dprecordia.hl7.port=0"));
    command.addAll(List.of(System.getProperty("bench.opts", "").split(" ")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-jar", JAR.toString(), "serve", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data.toAbsolutePath().toString()));
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new PackagedService(process, port, begun);
  }

  private static List<String> flags() throws IOException {
    Matcher flags =
        Pattern.compile("<jvm.flags>(.*)</jvm.flags>")
            .matcher(Files.readString(Path.of("pom.xml")));
    return flags.find() ? List.of(flags.group(1).split(" ")) : List.of();
  }

  private boolean ready() throws IOException, InterruptedException {
    try {
      return client
              .send(
                  request("/q/health/ready").GET().build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** From the start of the process. */
  long readyMillis() {
    return readyMillis;
  }

  /** A body; fails unless the answer is 200. */
  String get(String path) throws IOException, InterruptedException {
    return body(request(path).header("Accept", "application/dicom+json, */*;q=0.5").GET().build());
  }

  String post(String path, String json) throws IOException, InterruptedException {
    return body(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(2));
  }

  private String body(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(request.uri().getPath() + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  /** MiB of live objects, after a full collection. */
  long heapMiB() throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    new ProcessBuilder(JAVA.resolve("jcmd").toString(), pid, "GC.run").start().waitFor();
    double used = 0;
    for (String line : get("/q/metrics").split("\n")) {
      if (line.startsWith("jvm_memory_used_bytes{area=\"heap\"")) {
        used += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return (long) used >> 20;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
