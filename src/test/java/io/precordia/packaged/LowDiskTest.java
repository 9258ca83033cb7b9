package io.precordia.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.TestFolders;
import io.precordia.api.dicomweb.Related;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.StoreScu;
import io.precordia.hl7.MllpStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When less than {@code precordia.ingest.min-free} would be left, every door refuses in the words
 * of its standard; when there is space again, all take again.
 */
@Tag("packaged")
final class LowDiskTest {
  /** A file system in memory, whose free space hardly anybody else changes. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static final long MIB = 1 << 20;
  private static final long LEFT = 96 * MIB;
  private static final int OUT_OF_RESOURCES = 0xA700;
  @TempDir Path logs;
  private Path folder = MEMORY;

  @BeforeEach
  void folder() throws IOException {
    PackagedService.need();
    assumeTrue(
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > 4 * LEFT,
        MEMORY + " is not there or too small");
    folder = Files.createTempDirectory(MEMORY, "precordia-low-disk");
  }

  @AfterEach
  void delete() throws IOException {
    if (!folder.equals(MEMORY)) {
      TestFolders.delete(folder);
    }
  }

  @Test
  void refusesBeforeTheDiskIsFullAndTakesAgain() throws Exception {
    long minFree = Files.getFileStore(MEMORY).getUsableSpace() - LEFT;
    Map<String, String> keys =
        Map.of("precordia.ingest.min-free", "" + minFree, "precordia.embed.warm-up", "false");
    Path ballast = folder.resolve("ballast");
    try (PackagedService service =
        PackagedService.start(folder.resolve("data"), logs.resolve("service.log"), keys)) {
      PackagedService.Doors doors = service.ready();
      assertEquals(List.of(0, 0, "AA"), send(doors, 0));
      Files.write(ballast, new byte[(int) (2 * LEFT)]);
      assertEquals(List.of(OUT_OF_RESOURCES, OUT_OF_RESOURCES, "AR"), send(doors, 100));
      Files.delete(ballast);
      assertEquals(List.of(0, 0, "AA"), send(doors, 200));
      assertEquals(List.of(0, 0, "AA"), send(doors, 100)); // what was refused, once more
      Retrieval retrieval = new Retrieval(doors);
      Set<Integer> all = Set.of(0, 1, 100, 101, 200, 201);
      retrieval.settle();
      retrieval.byWado(all);
      retrieval.byGet(all);
    }
  }

  /** What C-STORE, STOW-RS and MLLP say: status, Failure Reason (0: stored), MSA-1. */
  private static List<Object> send(PackagedService.Doors doors, int number) throws Exception {
    return List.of(store(doors, number), stow(doors, number + 1), report(doors, number));
  }

  private static int store(PackagedService.Doors doors, int number) {
    try (Requestor requestor =
        new Requestor(
            "SENDER",
            null,
            DimseLimits.DEFAULT,
            Duration.ofMinutes(1),
            () -> {
              throw new AssertionError("nobody sends to us");
            },
            DimseEvents.NONE)) {
      return new StoreScu(requestor)
          .send(
              new PeerAddress("PRECORDIA", "127.0.0.1", doors.dicom(), false),
              List.of(DicomLoad.object(number)))
          .getFirst()
          .status();
    }
  }

  private static int stow(PackagedService.Doors doors, int number) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(doors.url() + "dicomweb/studies"))
                    .header("Content-Type", Related.type("application/dicom"))
                    .header("Accept", "application/dicom+json")
                    .POST(
                        HttpRequest.BodyPublishers.ofByteArray(
                            Related.objects(DicomLoad.object(number).file())))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    JsonNode module = new ObjectMapper().readTree(answer.body());
    boolean stored = module.has("00081199");
    assertEquals(stored ? 200 : 503, answer.statusCode());
    return stored ? 0 : module.at("/00081198/Value/0/00081197/Value/0").asInt();
  }

  private static String report(PackagedService.Doors doors, int number) throws IOException {
    try (MllpStream stream =
        new MllpStream(new Socket("127.0.0.1", doors.hl7()), 1 << 20, Duration.ofMinutes(1))) {
      stream.write(MllpSender.message(number + 1).getBytes(StandardCharsets.UTF_8));
      byte[] answer = stream.read();
      assertTrue(answer != null, "no acknowledgement");
      String text = new String(answer, StandardCharsets.UTF_8);
      return text.substring(text.indexOf("MSA|") + 4, text.indexOf("MSA|") + 6);
    }
  }
}
