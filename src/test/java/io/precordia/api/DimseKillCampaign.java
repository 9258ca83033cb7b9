package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.StoreScu;
import io.precordia.dicom.net.TestObjects;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that takes objects by C-STORE on several associations is killed (SIGKILL) at random
 * moments: nothing that it answered with success is lost, nothing is kept twice.
 */
final class DimseKillCampaign {
  private static final int SENDERS = 4;
  private final Path data;
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger numbers = new AtomicInteger();

  DimseKillCampaign(Path data) {
    this.data = data;
  }

  void run(int kills, long seed) throws Exception {
    System.out.println("kills under C-STORE: " + kills + ", seed " + seed);
    Random random = new Random(seed);
    long slowest = 0;
    for (int kill = 0; kill < kills; kill++) {
      slowest = Math.max(slowest, one(random.nextInt(1_200)));
    }
    System.out.println(
        acknowledged.size() + " acknowledged, slowest start " + slowest + " ms");
    assertTrue(acknowledged.size() >= kills / 2, "too few were acknowledged");
    try (DimseService service = new DimseService(data)) {
      long until = System.nanoTime() + Duration.ofMinutes(10).toNanos();
      while (service.workspace.ingest().pending() > 0 && System.nanoTime() < until) {
        Thread.sleep(50);
      }
      Set<String> ids = new HashSet<>();
      for (int number : acknowledged) {
        FileToSend file = object(number);
        assertTrue(
            new CatalogueArchive(service.workspace).holds(file.object()), "lost: " + number);
        byte[] kept = DimseDoorTest.kept(service, file);
        assertEquals(file.file().length, kept.length);
      }
      Long after = 0L;
      int all = 0;
      while (after != null) {
        var page = service.workspace.records().list(null, after, 1000);
        for (var record : page.items()) {
          all++;
          ids.add(record.id());
        }
        after = page.next();
      }
      assertEquals(all, ids.size());
      assertTrue(all <= numbers.get(), "kept twice");
    }
  }

  private static FileToSend object(int number) {
    return TestObjects.file(
        number % 2 == 0 ? TestObjects.CR : TestObjects.ECG, TestObjects.EXPLICIT, number, 40_000);
  }

  /** Starts, sends, kills after {@code delay} ms of sending; ms from start to ready. */
  private long one(int delay) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--add-modules"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            DimseChild.class.getName(),
            data.toString()));
    long begin = System.nanoTime();
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> senders = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = out.readLine();
      assertTrue(line != null && line.startsWith("ready "), "the service did not start");
      long ready = (System.nanoTime() - begin) / 1_000_000;
      int port = Integer.parseInt(line.substring(6));
      for (int i = 0; i < SENDERS; i++) {
        senders.add(Thread.ofPlatform().start(() -> send(port, stop)));
      }
      Thread.sleep(delay);
      child.toHandle().destroyForcibly();
      return ready;
    } finally {
      stop.set(true);
      child.destroyForcibly();
      assertTrue(child.waitFor(20, TimeUnit.SECONDS));
      for (Thread sender : senders) {
        sender.join();
      }
    }
  }

  private void send(int port, AtomicBoolean stop) {
    PeerAddress address = new PeerAddress("PRECORDIA", "127.0.0.1", port, false);
    try (Requestor requestor =
        new Requestor(
            "KILLER",
            null,
            DimseLimits.DEFAULT,
            Duration.ofSeconds(20),
            () -> {
              throw new AssertionError();
            },
            DimseEvents.NONE)) {
      while (!stop.get()) {
        int first = numbers.getAndAdd(3);
        List<StoreOutcome> outcomes =
            new StoreScu(requestor)
                .send(address, List.of(object(first), object(first + 1), object(first + 2)));
        for (int i = 0; i < 3; i++) {
          if (outcomes.get(i).kind() == StoreOutcome.Kind.STORED) {
            acknowledged.add(first + i);
          }
        }
      }
    }
  }
}
