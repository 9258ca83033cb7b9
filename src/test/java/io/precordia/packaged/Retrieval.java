package io.precordia.packaged;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.ObjectSink;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.QueryScu;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.query.QueryLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gets objects back from the running service and compares them bit by bit. */
final class Retrieval {
  private static final int STUDY_UID = 0x0020000D;
  private static final Pattern PENDING =
      Pattern.compile("(?m)^precordia_ingest_pending ([0-9.E]+)");
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private final HttpClient http = HttpClient.newHttpClient();
  private final PackagedService.Doors doors;

  Retrieval(PackagedService.Doors doors) {
    this.doors = doors;
  }

  /** By WADO-RS, one after another. */
  void byWado(Set<Integer> numbers) throws IOException, InterruptedException {
    for (int number : numbers) {
      HttpResponse<byte[]> answer = get("dicomweb/" + DicomLoad.path(number), "application/dicom");
      assertEquals(200, answer.statusCode(), () -> "lost, WADO-RS: " + number);
      assertArrayEquals(
          DicomLoad.object(number).file(), answer.body(), () -> "changed, WADO-RS: " + number);
    }
  }

  /** By C-GET, study by study. */
  void byGet(Set<Integer> numbers) {
    Map<String, byte[]> got = new ConcurrentHashMap<>();
    PeerAddress peer = new PeerAddress("PRECORDIA", "127.0.0.1", doors.dicom(), false);
    try (Requestor requestor =
        new Requestor(
            "KILLER",
            null,
            DimseLimits.DEFAULT,
            Duration.ofMinutes(1),
            () -> new Received(got),
            DimseEvents.NONE)) {
      QueryScu query = new QueryScu(requestor, 1000);
      for (String study : numbers.stream().map(DicomLoad::study).collect(Collectors.toSet())) {
        QueryScu.Retrieved all = query.get(peer, QueryLevel.STUDY, Map.of(STUDY_UID, study));
        assertEquals(0, all.status(), "C-GET");
      }
    }
    for (int number : numbers) {
      var object = DicomLoad.object(number);
      byte[] file = got.get(object.object().sopInstance());
      assertTrue(file != null, () -> "lost, C-GET: " + number);
      assertArrayEquals(object.file(), file, () -> "changed, C-GET: " + number);
    }
  }

  /** Waits until nothing waits in the inbox any more. */
  void settle() throws IOException, InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (pending() > 0) {
      assertTrue(System.nanoTime() < until, "the inbox is not emptied");
      Thread.sleep(100);
    }
  }

  /** How many instances were accepted and are not processed yet. */
  int pending() throws IOException, InterruptedException {
    String metrics = new String(get("q/metrics", "text/plain").body(), StandardCharsets.UTF_8);
    Matcher gauge = PENDING.matcher(metrics);
    assertTrue(gauge.find(), "the metric of the inbox is missing");
    return (int) Double.parseDouble(gauge.group(1));
  }

  private HttpResponse<byte[]> get(String path, String accept)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(doors.url() + path))
            .timeout(Duration.ofMinutes(2))
            .header("Accept", accept)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** An object of a C-GET. */
  private static final class Received implements ObjectSink.Incoming {
    private final Map<String, byte[]> all;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Received(Map<String, byte[]> all) {
      this.all = all;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes.write(b, offset, length);
    }

    @Override
    public boolean commit(ObjectUids object) {
      assertTrue(
          all.put(object.sopInstance(), bytes.toByteArray()) == null,
          "an object was retrieved twice");
      return true;
    }

    @Override
    public void close() {
      // nothing is held outside
    }
  }
}
