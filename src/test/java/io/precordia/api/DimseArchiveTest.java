package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.dicom.net.AskedCommitments;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.QueryScu;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.TestObjects;
import io.precordia.dicom.query.QueryLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Query, retrieve and storage commitment, with DCMTK and between two of us. */
final class DimseArchiveTest {
  private static final int STUDY = Tag.StudyInstanceUID;
  @TempDir Path dir;

  private static List<FileToSend> study() {
    List<FileToSend> files = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) { // one study, see TestObjects
      files.add(
          TestObjects.file(
              seed < 2 ? TestObjects.CR : TestObjects.ECG, TestObjects.EXPLICIT, seed, 20_000));
    }
    return files;
  }

  private static void store(DimseService service) {
    List<StoreOutcome> outcomes = service.network.store().send(service.address(), study());
    assertTrue(outcomes.stream().allMatch(o -> o.status() == 0), outcomes.toString());
  }

  @Test
  void answersFindscuGetscuAndMovescu() throws Exception {
    Peers.need("findscu", "dcmtk");
    int port = Programs.freePort();
    int back = Programs.freePort();
    Map<String, String> keys =
        Map.of(
            "precordia.dimse.peers.mover.ae-title", "MOVER",
            "precordia.dimse.peers.mover.host", "127.0.0.1",
            "precordia.dimse.peers.mover.port", "" + back);
    try (DimseService service =
        new DimseService(dir.resolve("data"), DimseService.at(port), keys)) {
      store(service);
      DimseDoorTest.settle(service);
      Peers.Run found =
          Peers.succeed(
              "findscu",
              "-v",
              "-S",
              "-aec",
              "PRECORDIA",
              "127.0.0.1",
              "" + port,
              "-k",
              "QueryRetrieveLevel=STUDY",
              "-k",
              "PatientID=PAT0",
              "-k",
              "StudyInstanceUID",
              "-k",
              "NumberOfStudyRelatedInstances",
              "-k",
              "ModalitiesInStudy");
      assertTrue(found.output().contains("1.2.3.5.1"), found.output());
      assertTrue(found.output().contains("CR\\ECG"), found.output());
      Peers.Run none =
          Peers.succeed(
              "findscu",
              "-v",
              "-S",
              "-aec",
              "PRECORDIA",
              "127.0.0.1",
              "" + port,
              "-k",
              "QueryRetrieveLevel=STUDY",
              "-k",
              "PatientID=NOBODY",
              "-k",
              "StudyInstanceUID");
      assertTrue(!none.output().contains("1.2.3.5.1"), none.output());
      Path got = Files.createDirectory(dir.resolve("got"));
      Peers.succeed(
          "getscu",
          "-v",
          "-S",
          "-aec",
          "PRECORDIA",
          "-od",
          got.toString(),
          "127.0.0.1",
          "" + port,
          "-k",
          "QueryRetrieveLevel=STUDY",
          "-k",
          "StudyInstanceUID=1.2.3.5.1");
      assertEquals(4, count(got));
      Path moved = Files.createDirectory(dir.resolve("moved"));
      Peers.Run move =
          Peers.succeed(
              "movescu",
              "-v",
              "-S",
              "-aet",
              "MOVER",
              "-aec",
              "PRECORDIA",
              "-aem",
              "MOVER",
              "+P",
              "" + back,
              "-od",
              moved.toString(),
              "127.0.0.1",
              "" + port,
              "-k",
              "QueryRetrieveLevel=SERIES",
              "-k",
              "StudyInstanceUID=1.2.3.5.1",
              "-k",
              "SeriesInstanceUID=1.2.3.6.1");
      assertEquals(2, count(moved), move.output());
      Peers.Run unknown =
          Peers.run(
              "movescu",
              "-v",
              "-S",
              "-aec",
              "PRECORDIA",
              "-aem",
              "NOWHERE",
              "127.0.0.1",
              "" + port,
              "-k",
              "QueryRetrieveLevel=STUDY",
              "-k",
              "StudyInstanceUID=1.2.3.5.1");
      assertTrue(unknown.output().contains("MoveDestinationUnknown"), unknown.output());
    }
  }

  private static long count(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void fetchesBitByBitFromOneOfOurs() throws Exception {
    try (DimseService archive = new DimseService(dir.resolve("a"));
        DimseService here = new DimseService(dir.resolve("b"))) {
      store(archive);
      DimseDoorTest.settle(archive);
      QueryScu query = here.network.query();
      List<Map<Integer, String>> matches =
          query.find(
              archive.address(),
              QueryLevel.STUDY,
              Map.of(STUDY, "", Tag.PatientID, "PAT0", Tag.StudyDate, "20240101-20241231"));
      assertEquals(1, matches.size());
      QueryScu.Retrieved got =
          query.get(archive.address(), QueryLevel.STUDY, Map.of(STUDY, "1.2.3.5.1"));
      assertEquals(new QueryScu.Retrieved(0, 4, 0, 0), got);
      DimseDoorTest.settle(here);
      for (FileToSend file : study()) {
        assertArrayEquals(file.file(), DimseDoorTest.kept(here, file));
      }
      assertEquals(4, here.workspace.records().list(null, 0L, 100).items().size());
    }
  }

  @Test
  void commitsToWhatIsKeptOnly() throws Exception {
    int asked = Programs.freePort();
    int asking = Programs.freePort();
    Map<String, String> keys =
        Map.of(
            "precordia.dimse.peers.other.ae-title", "PRECORDIA",
            "precordia.dimse.peers.other.host", "127.0.0.1",
            "precordia.dimse.peers.other.port", "" + asking);
    ObjectUids kept = study().getFirst().object();
    ObjectUids never = new ObjectUids(TestObjects.CR, "1.2.3.999");
    PeerAddress archive = new PeerAddress("PRECORDIA", "127.0.0.1", asked, false);
    try (DimseService here = new DimseService(dir.resolve("b"), DimseService.at(asking))) {
      try (DimseService service =
          new DimseService(dir.resolve("a"), DimseService.at(asked), keys)) {
        store(service);
        here.network.commitment().ask(archive, List.of(kept, never));
        answered(service);
        AskedCommitments asks = here.network.commitment().asked();
        Duration time = Duration.ofSeconds(30);
        assertEquals(AskedCommitments.Standing.COMMITTED, asks.of("PRECORDIA", kept, time));
        assertEquals(AskedCommitments.Standing.REFUSED, asks.of("PRECORDIA", never, time));
      }
    }
  }

  @Test
  void answersACommitmentAfterARestartOnAnAssociationOfItsOwn() throws Exception {
    int asking = Programs.freePort();
    Map<String, String> keys =
        Map.of(
            "precordia.dimse.peers.other.ae-title", "PRECORDIA",
            "precordia.dimse.peers.other.host", "127.0.0.1",
            "precordia.dimse.peers.other.port", "" + asking);
    Path data = dir.resolve("a");
    io.precordia.dicom.net.CommitmentRequest open =
        new io.precordia.dicom.net.CommitmentRequest(
            "1.2.3.4.5.6",
            "PRECORDIA",
            System.currentTimeMillis(),
            List.of(study().getFirst().object()));
    try (DimseService service = new DimseService(data)) {
      store(service);
      new CommitmentFiles(service.workspace).put(open);
    }
    try (DimseService here = new DimseService(dir.resolve("b"), DimseService.at(asking));
        DimseService service = new DimseService(data, s -> s, keys)) {
      answered(service);
      assertTrue(here.awaitStatuses(1).contains(0));
    }
  }

  private static void answered(DimseService service) throws InterruptedException {
    CommitmentFiles files = new CommitmentFiles(service.workspace);
    Eventually.holds(
        Duration.ofSeconds(60), () -> "not answered in time", () -> files.open().isEmpty());
  }

  @Test
  void fetchesFromDcmqrscp() throws Exception {
    Peers.need("dcmqrscp", "dcmtk");
    int port = Programs.freePort();
    int own = Programs.freePort();
    PeerAddress archive = new PeerAddress("ARCHIVE", "127.0.0.1", port, false);
    try (Programs program = Dcmqrscp.start(dir, port, own);
        DimseService here = new DimseService(dir.resolve("b"), DimseService.at(own))) {
      assertEquals(0, here.requestor.echo(archive));
      List<StoreOutcome> sent = here.network.store().send(archive, study());
      assertTrue(sent.stream().allMatch(o -> o.status() == 0), sent.toString());
      QueryScu query = here.network.query();
      assertEquals(
          1,
          query.find(archive, QueryLevel.STUDY, Map.of(STUDY, "", Tag.PatientID, "PAT0")).size());
      assertEquals(4, query.get(archive, QueryLevel.STUDY, Map.of(STUDY, "1.2.3.5.1")).completed());
      assertEquals(
          4,
          query
              .move(archive, QueryLevel.STUDY, Map.of(STUDY, "1.2.3.5.1"), "PRECORDIA")
              .completed());
      DimseDoorTest.settle(here);
      assertTrue(here.workspace.records().list(null, 0L, 100).items().size() >= 4);
    }
  }
}
