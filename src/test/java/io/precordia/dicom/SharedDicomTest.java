package io.precordia.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.dicom.result.DicomPeers;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real objects of public collections, well-formed and malformed. */
class SharedDicomTest {
  private static final Path FOLDER = Path.of("..", "shared", "data", "dicom");

  @BeforeEach
  void available() {
    assumeTrue(Files.isDirectory(FOLDER), "../shared/data/dicom is not there");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !f.equals(FOLDER.resolve("manifest.csv")))
          .sorted()
          .toList();
    }
  }

  private static String verdict(Path file) throws IOException {
    try {
      Decoded d = DicomDecoder.decode(Files.readAllBytes(file));
      return d.content() != null
          ? d.content().modality().name().toLowerCase(Locale.ROOT)
          : d.flags().getFirst().code().id();
    } catch (PrecordiaException e) {
      return e.code().id();
    }
  }

  @Test
  void everyObjectGetsTheVerdictOfTheTable() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    try (var in = SharedDicomTest.class.getResourceAsStream("verdicts.csv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(l -> l.split(","))
          .forEach(cells -> expected.put(cells[0], cells[1]));
    }
    Map<String, String> actual = new TreeMap<>();
    for (Path file : files()) {
      actual.put(FOLDER.relativize(file).toString().replace('\\', '/'), verdict(file));
    }
    assertEquals(expected, actual);
  }

  /** The stored values of every frame that both decode are those that pydicom reads. */
  @Test
  void pydicomReadsTheSameStoredValues(@TempDir Path dir) throws Exception {
    assumeTrue(pydicom(), "python3 with pydicom and numpy is not installed");
    List<String> names = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    for (Path file : files()) {
      String values = sums(file);
      if (!values.isEmpty()) {
        names.add(file.toString());
        ours.add(values);
      }
    }
    Path list = Files.write(dir.resolve("objects.txt"), names);
    Process python =
        new ProcessBuilder("/usr/bin/python3", "-c", PEER, list.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> theirs =
        new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertTrue(python.waitFor(240, TimeUnit.SECONDS));
    assertEquals(names.size(), theirs.size());
    int compared = 0;
    for (int i = 0; i < names.size(); i++) {
      if (!theirs.get(i).equals("-")) {
        assertEquals(theirs.get(i), ours.get(i), names.get(i));
        compared++;
      }
    }
    assertTrue(compared >= 40, "only " + compared + " objects were compared");
  }

  /**
   * JPEG-LS and extended JPEG of other programs, every frame: what DCMTK decodes, exactly, or
   * within one grey value for the DCT.
   */
  @Test
  void dcmtkDecodesTheSameJpegLsAndExtendedJpeg(@TempDir Path dir) throws Exception {
    int exact = 0;
    int near = 0;
    for (Path file : files()) {
      String syntax = syntax(file);
      boolean dct = syntax.endsWith(".51");
      if (!dct && !syntax.endsWith(".80") && !syntax.endsWith(".81")) {
        continue;
      }
      Path plain = dir.resolve("plain.dcm");
      DicomPeers.succeed(dct ? "dcmdjpeg" : "dcmdjpls", file.toString(), plain.toString());
      StoredObject ours = StoredObject.parse(Files.readAllBytes(file));
      StoredObject theirs = StoredObject.parse(Files.readAllBytes(plain));
      for (int i = 1; i <= ours.frames(); i++) {
        if (dct) {
          near++;
          assertNear(theirs.decoded(i), ours.decoded(i), file + ", frame " + i);
        } else {
          exact++;
          assertArrayEquals(theirs.decoded(i), ours.decoded(i), file + ", frame " + i);
        }
      }
    }
    assertTrue(exact >= 79 && near >= 4, exact + " and " + near + " frames were compared");
  }

  /** Little endian words that differ by one at most. */
  private static void assertNear(byte[] expected, byte[] actual, String what) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i += 2) {
      int a = expected[i] & 0xff | (expected[i + 1] & 0xff) << 8;
      int b = actual[i] & 0xff | (actual[i + 1] & 0xff) << 8;
      if (Math.abs(a - b) > 1) {
        assertEquals(a, b, what + ", word " + i / 2);
      }
    }
  }

  private static String syntax(Path file) throws IOException {
    try {
      return DicomObject.parse(Files.readAllBytes(file)).transferSyntax();
    } catch (PrecordiaException e) {
      return "";
    }
  }

  /** Plain and weighted sum of a greyscale frame in an exact transfer syntax, else empty. */
  private static String sums(Path file) throws IOException {
    try {
      DicomObject object = DicomObject.parse(Files.readAllBytes(file));
      boolean exact =
          Stream.of("", ".1", ".2", ".5", ".1.99")
              .anyMatch(s -> object.transferSyntax().equals("1.2.840.10008.1.2" + s));
      if (!exact || !object.data().contains(Tag.PixelData) || !object.data().contains(Tag.Rows)) {
        return "";
      }
      PixelFrame frame = PixelFrame.of(object);
      if (frame.samples() != 1) {
        return "";
      }
      int[] values = PixelReader.read(object, frame);
      long sum = 0;
      long weighted = 0;
      for (int i = 0; i < values.length; i++) {
        long v = frame.signed() ? values[i] : values[i] & 0xffffffffL;
        sum += v;
        weighted += v * (i % 9973 + 1);
      }
      return sum + " " + weighted;
    } catch (PrecordiaException e) {
      return ""; // what is not decoded here stands in the verdict table
    }
  }

  private static boolean pydicom() throws InterruptedException {
    try {
      return new ProcessBuilder("/usr/bin/python3", "-c", "import pydicom, numpy")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static final String PEER =
      """
      import sys, numpy, pydicom
      for name in open(sys.argv[1]).read().splitlines():
          try:
              d = pydicom.dcmread(name, force=True)
              if 'TransferSyntaxUID' not in d.file_meta:
                  d.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
              a = d.pixel_array.astype(numpy.int64).ravel()
              n = int(d.BitsStored)
              a = (a << (64 - n)) >> (64 - n) if d.PixelRepresentation else a & ((1 << n) - 1)
              w = numpy.arange(a.size, dtype=numpy.int64) % 9973 + 1
              print(a.sum(), (a * w).sum())
          except Exception:
              print('-')
      """;
}
