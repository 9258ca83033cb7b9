package io.precordia.api.dicomweb;

import io.precordia.TestFolders;
import io.precordia.api.Programs;
import io.precordia.api.ServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service and, where it is installed, an Orthanc that know each other. */
public final class OrthancService implements QuarkusTestResourceLifecycleManager {
  private final ServiceUnderTest service = new ServiceUnderTest();
  private @Nullable OrthancServer orthanc;
  private Path folder = Path.of("unset");

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(service.start());
    config.put("precordia.dicomweb.cors-origins", "https://viewer.example");
    try {
      folder = Files.createTempDirectory("precordia-orthanc");
      int port = Programs.freePort();
      config.put("quarkus.http.test-port", Integer.toString(port));
      Optional<Path> program = OrthancServer.installed();
      if (program.isPresent()) {
        orthanc =
            OrthancServer.start(program.get(), folder, "http://127.0.0.1:" + port + "/dicomweb/");
        config.put("precordia.dicomweb.peers.orthanc.url", orthanc.url() + "/dicom-web");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return config;
  }

  @Override
  public void stop() {
    if (orthanc != null) {
      orthanc.close();
    }
    service.stop();
    try {
      TestFolders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
