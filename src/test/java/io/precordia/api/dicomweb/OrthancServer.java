package io.precordia.api.dicomweb;

import io.precordia.api.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real Orthanc with its DICOMweb plugin on loopback, in a folder of its own. */
public final class OrthancServer implements AutoCloseable {
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/sbin/Orthanc"), Path.of("/usr/bin/Orthanc"));
  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
  private final Process process;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private OrthancServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The program, if it is installed with its plugin. */
  public static Optional<Path> installed() {
    return PROGRAMS.stream().filter(p -> Files.isExecutable(p) && Files.exists(PLUGIN)).findFirst();
  }

  /**
   * Starts one.
   *
   * @param precordia URL of the service's DICOMweb root, known to Orthanc as "precordia"
   */
  public static OrthancServer start(Path program, Path folder, String precordia)
      throws IOException, InterruptedException {
    int http = Programs.freePort();
    int dicom = Programs.freePort();
    Path configuration = folder.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {"Name": "test", "HttpPort": %d, "DicomPort": %d, "DicomAlwaysAllowStore": true,
         "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "SslEnabled": false,
         "StorageDirectory": "%s", "IndexDirectory": "%s", "Plugins": ["%s"],
         "DicomWeb": {"Enable": true, "Root": "/dicom-web/", "EnableWado": true,
                      "Servers": {"precordia": {"Url": "%s"}}}}
        """
            .formatted(http, dicom, folder.resolve("db"), folder.resolve("db"), PLUGIN, precordia));
    Process process =
        new ProcessBuilder(program.toString(), configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("orthanc.log").toFile())
            .start();
    OrthancServer server = new OrthancServer(process, http);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        if (server.answers()) {
          return server;
        }
      } catch (IOException e) {
        // not listening yet
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new AssertionError(
            "Orthanc did not start: " + Files.readString(folder.resolve("orthanc.log")));
      }
      Thread.sleep(100);
    }
  }

  /** URL of its REST service. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  private boolean answers() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/system"))
            .timeout(Duration.ofSeconds(5))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
