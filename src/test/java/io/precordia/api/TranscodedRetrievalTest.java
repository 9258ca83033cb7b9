package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomObject;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects stored compressed, retrieved by peers that take no compression. */
final class TranscodedRetrievalTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  @TempDir Path dir;

  /** Files of one study by their name, made by DCMTK and GDCM, with their pixels. */
  private Map<String, byte[]> compressed() throws Exception {
    Peers.need("dcmcjpeg", "dcmtk");
    Peers.need("gdcmconv", "libgdcm-tools");
    Map<String, byte[]> pixels = new LinkedHashMap<>();
    int seed = 0;
    for (String name : List.of("lossless", "rle", "jls", "j2k", "big")) {
      Attributes d = TestObjects.dataset(TestObjects.CR, seed++, 20_000);
      d.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3.5.1");
      d.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.5.1.1");
      byte[] values = d.getSafeBytes(Tag.PixelData);
      for (int i = 0; i < values.length; i += 2) { // 12 bits, smooth
        int value = i / 2 % 4000;
        values[i] = (byte) value;
        values[i + 1] = (byte) (value >> 8);
      }
      d.setBytes(Tag.PixelData, VR.OW, values);
      Path plain =
          Files.write(dir.resolve("plain.dcm"), TestObjects.of(d, TestObjects.EXPLICIT).file());
      Path out = dir.resolve(name + ".dcm");
      switch (name) {
        case "lossless" -> Peers.succeed("dcmcjpeg", "+e1", plain.toString(), out.toString());
        case "rle" -> Peers.succeed("dcmcrle", plain.toString(), out.toString());
        case "jls" -> Peers.succeed("dcmcjpls", plain.toString(), out.toString());
        case "j2k" -> Peers.succeed("gdcmconv", "--j2k", plain.toString(), out.toString());
        default -> Peers.succeed("dcmconv", "+tb", plain.toString(), out.toString());
      }
      pixels.put(out.toString(), values);
    }
    return pixels;
  }

  private static void check(Path folder, String syntax, Map<String, byte[]> expected)
      throws Exception {
    int seen = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String dump = Peers.succeed("dcmdump", "+L", file.toString()).output();
        DicomObject object = DicomObject.parse(Files.readAllBytes(file));
        assertEquals(syntax, object.transferSyntax(), dump);
        String uid = object.data().getString(Tag.SOPInstanceUID);
        byte[] pixels =
            expected.values().stream().toList().get(Integer.parseInt(uid.substring(8)) - 1000);
        assertArrayEquals(pixels, object.data().getSafeBytes(Tag.PixelData), uid);
        seen++;
      }
    }
    assertEquals(expected.size(), seen);
  }

  @Test
  void getscuAndMovescuTakeThemUncompressed() throws Exception {
    Map<String, byte[]> files = compressed();
    int own = Programs.freePort();
    int back = Programs.freePort();
    Map<String, String> keys =
        Map.of(
            "precordia.dimse.peers.mover.ae-title", "MOVER",
            "precordia.dimse.peers.mover.host", "127.0.0.1",
            "precordia.dimse.peers.mover.port", "" + back);
    try (DimseService service = new DimseService(dir.resolve("data"), DimseService.at(own), keys)) {
      List<FileToSend> sent = new ArrayList<>();
      for (String file : files.keySet()) {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        DicomObject object = DicomObject.parse(bytes);
        sent.add(
            new FileToSend(
                new ObjectUids(TestObjects.CR, object.data().getString(Tag.SOPInstanceUID)),
                object.transferSyntax(),
                bytes));
      }
      List<StoreOutcome> outcomes = service.network.store().send(service.address(), sent);
      assertTrue(outcomes.stream().allMatch(o -> o.status() == 0), outcomes.toString());
      DimseDoorTest.settle(service);
      String[] study = {"-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.3.5.1"};

      Path got = Files.createDirectory(dir.resolve("got"));
      List<String> get =
          new ArrayList<>(
              List.of("getscu", "-v", "-S", "-aec", "PRECORDIA", "+xe", "-od", got.toString()));
      get.addAll(List.of("127.0.0.1", "" + own));
      get.addAll(List.of(study));
      Peers.succeed(get.toArray(String[]::new)); // proposes no compression
      check(got, EXPLICIT, files);

      Path moved = Files.createDirectory(dir.resolve("moved"));
      List<String> move =
          new ArrayList<>(
              List.of(
                  "movescu", "-v", "-S", "-aet", "MOVER", "-aec", "PRECORDIA", "-aem", "MOVER"));
      move.addAll(List.of("+P", "" + back, "+xi", "-od", moved.toString(), "127.0.0.1", "" + own));
      move.addAll(List.of(study));
      Peers.succeed(move.toArray(String[]::new)); // takes implicit VR little endian only
      check(moved, IMPLICIT, files);
    }
  }
}
