package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GDCM, a DICOM implementation apart from DCMTK's and ours, as SCU of our services. */
final class GdcmPeerTest {
  private static final String PENDING = "(US) 65280";
  @TempDir Path dir;

  @BeforeEach
  void installed() {
    Peers.need("gdcmscu", "libgdcm-tools");
  }

  /**
   * What gdcmscu said. Debian 12's 3.0.21 aborts when its association is released, towards DCMTK as
   * towards us; so not its exit but what was done is judged.
   */
  private static String run(int port, String... more) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of("timeout", "50", "gdcmscu", "-D", "-H", "127.0.0.1", "-p", "" + port));
    all.addAll(List.of("--aetitle", "GDCM", "--call", "PRECORDIA"));
    all.addAll(List.of(more));
    Peers.Run run = Peers.run(all.toArray(String[]::new));
    assertTrue(
        run.exit() == 0 || run.output().contains("ProtocolStream as nullptr is invalid"),
        run.output());
    return run.output();
  }

  @Test
  void echoesStoresFindsAndMoves() throws Exception {
    int own = Programs.freePort();
    int back = Programs.freePort();
    Map<String, String> keys =
        Map.of(
            "precordia.dimse.peers.gdcm.ae-title", "GDCM",
            "precordia.dimse.peers.gdcm.host", "127.0.0.1",
            "precordia.dimse.peers.gdcm.port", "" + back);
    try (DimseService service = new DimseService(dir.resolve("data"), DimseService.at(own), keys)) {
      run(own, "--echo");
      assertEquals(List.of(0), service.awaitStatuses(1));
      Path folder = Files.createDirectory(dir.resolve("out"));
      List<FileToSend> sent = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        FileToSend file =
            TestObjects.file(
                seed < 2 ? TestObjects.CR : TestObjects.ECG, TestObjects.EXPLICIT, seed, 20_000);
        Files.write(folder.resolve(seed + ".dcm"), file.file());
        sent.add(file);
      }
      run(own, "--store", "-r", "-i", folder.toString());
      DimseDoorTest.settle(service);
      for (FileToSend file : sent) {
        assertArrayEquals(dataSet(file.file()), dataSet(DimseDoorTest.kept(service, file)));
      }
      String found =
          run(
              own,
              "--find",
              "--studyroot",
              "--study",
              "--key",
              "10,20=PAT0",
              "--key",
              "20,d=",
              "--key",
              "8,61=");
      // the trace of GDCM shows commands only: a pending response for the one study
      assertTrue(found.contains("C-Find was successful") && found.contains(PENDING), found);
      String none =
          run(own, "--find", "--studyroot", "--study", "--key", "10,20=NOBODY", "--key", "20,d=");
      assertTrue(none.contains("C-Find was successful"), none);
      assertFalse(none.contains(PENDING), none);
      Path moved = Files.createDirectory(dir.resolve("moved"));
      run(
          own,
          "--move",
          "--studyroot",
          "--series",
          "--key",
          "20,d=1.2.3.5.1",
          "--key",
          "20,e=1.2.3.6.1",
          "--port-scp",
          "" + back,
          "-o",
          moved.toString());
      try (Stream<Path> files = Files.list(moved)) {
        assertEquals(2, files.count());
      }
    }
  }

  /** The data set of a file: GDCM writes a file meta information of its own. */
  private static byte[] dataSet(byte[] file) {
    int length = java.nio.ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(140);
    return java.util.Arrays.copyOfRange(file, 144 + length, file.length);
  }
}
