package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.BenchSender;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.TestObjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 associations that each send radiographs of 8 MiB to a process with a small heap: {@code ./mvnw
 * test -Pbench -Dtest=CStoreMemoryBench}. {@code -Dbench.heap=512m} and {@code -Dbench.objects=256}
 * are the defaults.
 */
@Tag("bench")
final class CStoreMemoryBench {
  private static final int CR_BYTES = 2 * 2048 * 2048;
  private static final int ASSOCIATIONS = 64;
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
  private final String heap = System.getProperty("bench.heap", "512m");
  private final int objects = Integer.getInteger("bench.objects", 256);
  @TempDir Path dir;

  @Test
  void manyAssociationsInASmallHeap() throws Exception {
    Path gc = dir.resolve("gc.log");
    Process child = child(gc);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      String ready = String.valueOf(out.readLine());
      assertTrue(ready.startsWith("ready "), ready);
      PeerAddress address =
          new PeerAddress("PRECORDIA", "127.0.0.1", Integer.parseInt(ready.substring(6)), false);
      send(address);
      assertTrue(child.isAlive(), "the service ended");
      report(gc);
    } finally {
      child.destroyForcibly();
      boolean unused = child.waitFor(20, TimeUnit.SECONDS);
    }
  }

  private void send(PeerAddress address) throws Exception {
    try (Requestor requestor =
        new Requestor(
            "BENCH",
            null,
            DimseLimits.DEFAULT,
            Duration.ofMinutes(5),
            () -> null,
            DimseEvents.NONE)) {
      // fails unless every answer is 0000H
      double seconds =
          new BenchSender(requestor, 1)
              .send(address, TestObjects.CR, CR_BYTES, objects, ASSOCIATIONS);
      System.out.printf(
          Locale.ROOT,
          "%d associations, %d objects of 8 MiB, -Xmx%s: %.1f objects/s, %.0f MB/s%n",
          ASSOCIATIONS,
          objects,
          heap,
          objects / seconds,
          objects / seconds * CR_BYTES / 1e6);
    }
  }

  private Process child(Path gc) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + gc));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(DimseChild.class.getName(), dir.resolve("data").toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static void report(Path gc) throws IOException {
    int before = 0;
    int after = 0;
    Matcher collections = COLLECTION.matcher(Files.readString(gc));
    while (collections.find()) {
      before = Math.max(before, Integer.parseInt(collections.group(1)));
      after = Math.max(after, Integer.parseInt(collections.group(2)));
    }
    System.out.printf("largest heap %d MiB; most left by a collection %d MiB%n", before, after);
  }
}
