package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.dicom.net.AddressRange;
import io.precordia.dicom.net.AeRule;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.Refusal;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.StoreScu;
import io.precordia.dicom.net.TestObjects;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The DICOM door, called by DCMTK and by our own requestor. */
final class DimseDoorTest {
  @TempDir Path dir;

  @Test
  void echoesAndTellsWrongTitles() throws Exception {
    Peers.need("echoscu", "dcmtk");
    try (DimseService service = new DimseService(dir.resolve("data"))) {
      String port = "" + service.server.port();
      Peers.succeed("echoscu", "-aec", "PRECORDIA", "127.0.0.1", port);
      Peers.Run wrong = Peers.run("echoscu", "-aec", "SOMEBODY", "127.0.0.1", port);
      assertFalse(wrong.exit() == 0);
      assertTrue(wrong.output().contains("Called AE Title Not Recognized"), wrong.output());
      service.awaitRefusal(Refusal.CALLED_TITLE);
    }
  }

  @Test
  void admitsOnlyWhoIsOnTheList() throws Exception {
    Peers.need("echoscu", "dcmtk");
    List<AeRule> rules =
        List.of(
            new AeRule("ROUTER", List.of(AddressRange.of("127.0.0.0/8")), null),
            new AeRule("FARAWAY", List.of(AddressRange.of("10.0.0.0/8")), null));
    try (DimseService service =
        new DimseService(
            dir.resolve("data"),
            s -> new DimseSettings(s.title(), s.host(), 0, rules, List.of(), null, s.limits()))) {
      String port = "" + service.server.port();
      Peers.succeed("echoscu", "-aet", "ROUTER", "-aec", "PRECORDIA", "127.0.0.1", port);
      for (String title : List.of("FARAWAY", "STRANGER")) {
        Peers.Run run = Peers.run("echoscu", "-aet", title, "-aec", "PRECORDIA", "127.0.0.1", port);
        assertTrue(run.output().contains("Calling AE Title Not Recognized"), run.output());
      }
    }
  }

  @Test
  void limitsAssociations() throws Exception {
    Peers.need("echoscu", "dcmtk");
    DimseLimits d = DimseLimits.DEFAULT;
    DimseLimits none = new DimseLimits(1, 1, d.pdu(), 1, d.request(), d.idle(), d.stall());
    try (DimseService service =
            new DimseService(
                dir.resolve("data"),
                s -> new DimseSettings(s.title(), s.host(), 0, List.of(), List.of(), null, none));
        RawAssociation held = RawAssociation.open(service.server.port())) {
      assertEquals(2, held.answer());
      Peers.Run run =
          Peers.run("echoscu", "-aec", "PRECORDIA", "127.0.0.1", "" + service.server.port());
      assertTrue(run.output().contains("Local Limit Exceeded"), run.output());
    }
  }

  @Test
  void storesWhatComesBitByBit() throws Exception {
    List<FileToSend> files = new ArrayList<>();
    int seed = 0;
    for (String syntax :
        List.of(
            TestObjects.EXPLICIT, TestObjects.IMPLICIT, TestObjects.BIG, TestObjects.DEFLATED)) {
      for (String sopClass :
          List.of(TestObjects.CR, TestObjects.ECG, "1.2.840.10008.5.1.4.1.1.104.1")) {
        files.add(TestObjects.file(sopClass, syntax, seed++, 700_001));
      }
    }
    try (DimseService service = new DimseService(dir.resolve("data"))) {
      List<StoreOutcome> outcomes = new StoreScu(service.requestor).send(service.address(), files);
      assertTrue(outcomes.stream().allMatch(o -> o.status() == 0), outcomes.toString());
      // and again: the same is no error and adds nothing
      outcomes = new StoreScu(service.requestor).send(service.address(), files);
      assertTrue(outcomes.stream().allMatch(o -> o.status() == 0), outcomes.toString());
      settle(service);
      assertEquals(12, service.workspace.records().list(null, 0L, 100).items().size());
      for (FileToSend file : files) {
        assertArrayEquals(file.file(), kept(service, file));
      }
    }
  }

  static void settle(DimseService service) throws InterruptedException {
    Eventually.holds(
        Duration.ofSeconds(60),
        () -> "the inbox does not empty",
        () -> service.workspace.ingest().pending() == 0);
  }

  static byte[] kept(DimseService service, FileToSend file) throws InterruptedException {
    String id =
        service
            .workspace
            .ingest()
            .accept(
                new Submission(
                    List.of(new Part("again", file.file())), io.precordia.study.Identity.UNKNOWN));
    settle(service);
    return service.workspace.records().files(id).getFirst().bytes();
  }

  @Test
  void takesWhatDcmtkSends() throws Exception {
    Peers.need("storescu", "dcmtk");
    Path one =
        Files.write(
            dir.resolve("a.dcm"),
            TestObjects.file(TestObjects.CR, TestObjects.EXPLICIT, 1, 100_000).file());
    Path two =
        Files.write(
            dir.resolve("b.dcm"),
            TestObjects.file(TestObjects.ECG, TestObjects.EXPLICIT, 2, 100_000).file());
    try (DimseService service = new DimseService(dir.resolve("data"))) {
      String port = "" + service.server.port();
      Peers.succeed(
          "storescu", "-aec", "PRECORDIA", "127.0.0.1", port, one.toString(), two.toString());
      Peers.succeed(
          "dcmsend", "-aec", "PRECORDIA", "127.0.0.1", port, one.toString(), two.toString());
      Path jpeg = dir.resolve("c.dcm");
      if (Peers.run("dcmcjpeg", "+ua", one.toString(), jpeg.toString()).exit() == 0) {
        Peers.succeed("storescu", "-xs", "-aec", "PRECORDIA", "127.0.0.1", port, jpeg.toString());
      }
      List<Integer> statuses = service.awaitStatuses(4);
      assertTrue(statuses.stream().allMatch(s -> s == 0), statuses.toString());
    }
  }
}
