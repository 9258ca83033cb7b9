package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.model.Encoder;
import io.precordia.serve.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restart of the packaged service on a store of 100,000 embedded instances: {@code ./mvnw package
 * -DskipTests && ./mvnw test -Pbench -Dtest=RestartBench}. {@code -Dbench.store=DIR} keeps the
 * store for another time.
 */
@Tag("bench")
class RestartBench {
  private static final int INSTANCES = Integer.getInteger("bench.instances", 100_000);
  private static final int RESTARTS = Integer.getInteger("bench.restarts", 4);
  private static final String HEAP = System.getProperty("bench.heap", "2g");
  @TempDir Path temporary;

  @Test
  void restartToReady() throws Exception {
    assumeTrue(
        Files.isRegularFile(PackagedService.JAR),
        "the packaged program is missing: ./mvnw package -DskipTests");
    Path data = store();
    Path log = data.resolveSibling("service.log");
    try (PackagedService service = PackagedService.start(temporary.resolve("empty"), log, HEAP)) {
      report("for comparison, an empty store: start to ready", service.readyMillis());
    }
    long slowest = 0;
    for (int i = 0; i < RESTARTS; i++) {
      try (PackagedService service = PackagedService.start(data, log, HEAP)) {
        slowest = Math.max(slowest, service.readyMillis());
        report("restart to ready", service.readyMillis());
        if (i % 2 == 0) {
          list(service);
          patient(service);
        } else {
          patient(service);
          list(service);
        }
        search(service);
        report("second study list", () -> service.get("/dicomweb/studies?limit=100"));
        System.out.printf(
            "%d instances: live heap %d MiB of -Xmx%s%n", INSTANCES, service.heapMiB(), HEAP);
      }
    }
    assertTrue(slowest < Duration.ofSeconds(10).toMillis(), "ready after " + slowest + " ms");
  }

  private static void list(PackagedService service) throws Exception {
    report(
        "first study list", () -> service.get("/dicomweb/studies?limit=100&includefield=00081030"));
  }

  private static void patient(PackagedService service) throws Exception {
    int study = INSTANCES / 8;
    String found =
        report(
            "studies of a patient",
            () -> service.get("/dicomweb/studies?PatientID=" + LargeStore.patient(study)));
    assertTrue(found.contains(LargeStore.study(study)), found);
  }

  private static void search(PackagedService service) throws Exception {
    String found =
        report(
            "first search",
            () -> service.post("/v1/search", "{\"text\": \"pleural effusion\", \"k\": 10}"));
    assertTrue(found.contains("\"hits\""), found);
  }

  private Path store() throws Exception {
    String kept = System.getProperty("bench.store");
    Path data = kept == null ? temporary.resolve("data") : Path.of(kept);
    if (!Files.exists(data)) {
      long begun = System.nanoTime();
      try (Encoder encoder = ModelFolder.open(Path.of("models/precordia-more"))) {
        new LargeStore(encoder.ref().sha256(), encoder.dimension()).fill(data, INSTANCES);
      }
      report("filling the store", (System.nanoTime() - begun) / 1_000_000);
    }
    return data;
  }

  private static String report(String what, Callable<String> work) throws Exception {
    long begun = System.nanoTime();
    String answer = work.call();
    report(what, (System.nanoTime() - begun) / 1_000_000);
    return answer;
  }

  private static void report(String what, long millis) {
    System.out.printf("%d instances: %s %d ms%n", INSTANCES, what, millis);
  }
}
