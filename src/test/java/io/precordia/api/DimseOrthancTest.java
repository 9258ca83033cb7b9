package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.TestObjects;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orthanc sends to us and asks for storage commitment, and takes from us and commits. */
final class DimseOrthancTest {
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path dir;

  @Test
  void bothWaysWithStorageCommitment() throws Exception {
    Peers.need("Orthanc", "orthanc");
    int own = Programs.freePort();
    int dicom = Programs.freePort();
    int rest = Programs.freePort();
    Path config =
        Files.writeString(
            dir.resolve("orthanc.json"),
            """
            {"Name": "T", "StorageDirectory": "%1$s/s", "IndexDirectory": "%1$s/s", "HttpPort": %2$d,
             "DicomPort": %3$d, "DicomAet": "ORTHANC", "RemoteAccessAllowed": false,
             "AuthenticationEnabled": false, "DicomAlwaysAllowStore": true, "Plugins": [],
             "DicomModalities": {"us": {"AET": "PRECORDIA", "Host": "127.0.0.1", "Port": %4$d,
               "AllowStorageCommitment": true}}}
            """
                .formatted(dir, rest, dicom, own));
    Map<String, String> keys =
        Map.of(
            "precordia.dimse.peers.o.ae-title", "ORTHANC",
            "precordia.dimse.peers.o.host", "127.0.0.1",
            "precordia.dimse.peers.o.port", "" + dicom);
    try (Programs orthanc =
            Programs.start(dir.resolve("orthanc.log"), rest, "Orthanc", config.toString());
        DimseService here =
            new DimseService(
                dir.resolve("data"),
                s ->
                    new DimseSettings(
                        s.title(), s.host(), own, List.of(), List.of(), null, s.limits()),
                keys)) {
      String base = "http://127.0.0.1:" + rest;
      FileToSend cr = TestObjects.file(TestObjects.CR, TestObjects.EXPLICIT, 1, 50_000);
      String id = post(base + "/instances", cr.file()).path("ID").asText();
      JsonNode job =
          post(
              base + "/modalities/us/store",
              ("{\"Resources\":[\"" + id + "\"],\"StorageCommitment\":true}").getBytes());
      String transaction = job.path("StorageCommitmentTransactionUID").asText();
      assertTrue(!transaction.isEmpty(), job.toString());
      JsonNode report = report(base + "/storage-commitment/" + transaction);
      assertEquals("Success", report.path("Status").asText(), report.toString());
      assertEquals(1, report.path("Success").size());

      FileToSend ecg = TestObjects.file(TestObjects.ECG, TestObjects.IMPLICIT, 2, 30_000);
      DimseTransport transport =
          new DimseTransport(
              here.network.store(),
              here.network.commitment(),
              new PeerAddress("ORTHANC", "127.0.0.1", dicom, false),
              true,
              Duration.ofMinutes(3));
      List<OutgoingObject> objects =
          List.of(
              new OutgoingObject(
                  "1",
                  OutgoingObject.DICOM,
                  ecg.object().sopClass(),
                  ecg.object().sopInstance(),
                  ecg.transferSyntax(),
                  ecg.file()));
      List<SendOutcome> outcomes = transport.send(objects);
      long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
      while (outcomes.getFirst() instanceof SendOutcome.Pending && System.nanoTime() < until) {
        Thread.sleep(200); // Orthanc commits by a job of its own
        outcomes = transport.send(objects);
      }
      assertEquals(List.of(new SendOutcome.Sent()), outcomes);
      assertEquals(2, get(base + "/instances").size());
    }
  }

  private JsonNode report(String url) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (true) {
      JsonNode report = get(url);
      if (!report.path("Status").asText().equals("Pending") || System.nanoTime() > until) {
        return report;
      }
      Thread.sleep(200);
    }
  }

  private JsonNode get(String url) throws Exception {
    return json.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body());
  }

  private JsonNode post(String url, byte[] body) throws Exception {
    return json.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(url))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body());
  }
}
