package io.precordia.api;

import io.precordia.dicom.net.BenchSender;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C-STORE receive rate beside Orthanc's, same sender, same objects, turn by turn. {@code
 * -Dbench.scale=0.1} sends fewer objects.
 */
@Tag("bench")
final class CStoreBench {
  private static final int CR_BYTES = 2 * 2048 * 2048;
  private static final int ECG_BYTES = 100_000;
  private final double scale = Double.parseDouble(System.getProperty("bench.scale", "1"));
  @TempDir Path dir;

  @Test
  void receiveRate() throws Exception {
    Peers.need("Orthanc", "orthanc");
    int dicom = Programs.freePort();
    int rest = Programs.freePort();
    Path config =
        Files.writeString(
            dir.resolve("orthanc.json"),
            """
            {"Name": "T", "StorageDirectory": "%1$s/s", "IndexDirectory": "%1$s/s", "HttpPort": %2$d,
             "DicomPort": %3$d, "DicomAet": "ORTHANC", "AuthenticationEnabled": false,
             "DicomAlwaysAllowStore": true, "Plugins": []}
            """
                .formatted(dir, rest, dicom));
    DimseLimits d = DimseLimits.DEFAULT;
    try (Programs orthanc =
            Programs.start(dir.resolve("orthanc.log"), rest, "Orthanc", config.toString());
        DimseService ours =
            new DimseService(
                dir.resolve("data"),
                s -> new DimseSettings(s.title(), s.host(), 0, List.of(), List.of(), null, d));
        Requestor requestor =
            new Requestor(
                "BENCH", null, d, Duration.ofMinutes(2), () -> null, DimseEvents.NONE)) {
      PeerAddress theirs = new PeerAddress("ORTHANC", "127.0.0.1", dicom, false);
      BenchSender sender = new BenchSender(requestor, 1);
      sender.send(ours.address(), TestObjects.ECG, ECG_BYTES, 200, 4); // warm-up
      sender.send(theirs, TestObjects.ECG, ECG_BYTES, 200, 4);
      System.out.println("objects        associations  Precordia      Orthanc        ratio  heap");
      for (int associations : new int[] {1, 8, 64}) {
        row(sender, ours, theirs, TestObjects.CR, CR_BYTES, count(128), associations);
        row(sender, ours, theirs, TestObjects.ECG, ECG_BYTES, count(2000), associations);
      }
    }
  }

  private int count(int full) {
    return Math.max(64, (int) (full * scale));
  }

  private static void row(
      BenchSender sender,
      DimseService ours,
      PeerAddress theirs,
      String sopClass,
      int bytes,
      int objects,
      int associations)
      throws Exception {
    double a = 0;
    double b = 0;
    AtomicLong heap = new AtomicLong();
    for (int round = 0; round < 2; round++) { // turn by turn, so that both meet the same machine
      DimseDoorTest.settle(ours);
      try (Watch watch = new Watch(heap)) {
        a += sender.send(ours.address(), sopClass, bytes, objects, associations);
      }
      DimseDoorTest.settle(ours);
      b += sender.send(theirs, sopClass, bytes, objects, associations);
    }
    System.out.printf(
        Locale.ROOT,
        "%s %8d B  %3d  %7.1f obj/s %6.1f MB/s  %7.1f obj/s %6.1f MB/s  %.2f  %d MiB%n",
        sopClass.equals(TestObjects.CR) ? "CR " : "ECG",
        bytes,
        associations,
        2 * objects / a,
        2 * objects / a * bytes / 1e6,
        2 * objects / b,
        2 * objects / b * bytes / 1e6,
        b / a,
        heap.get() >> 20);
  }

  /** Largest heap in use, the sender's buffers included. */
  private static final class Watch implements AutoCloseable {
    private final Thread thread;

    Watch(AtomicLong largest) {
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      while (true) {
                        Runtime r = Runtime.getRuntime();
                        largest.accumulateAndGet(r.totalMemory() - r.freeMemory(), Math::max);
                        Thread.sleep(20);
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
