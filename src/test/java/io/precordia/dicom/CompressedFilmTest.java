package io.precordia.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.result.DicomPeers;
import io.precordia.study.Pixels;
import io.precordia.workspace.catalogue.DicomSamples;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films and pictures that DCMTK and GDCM compress, against what they decode themselves. */
class CompressedFilmTest {
  private static final int ROWS = 90;
  private static final int COLUMNS = 113;
  @TempDir Path dir;

  private static Attributes film(int bits, boolean signed) {
    Attributes d = DicomSamples.radiograph("J", "1.7.1", "1.7.1.1", "1.7.1.1.1");
    d.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    size(d, bits > 8 ? 16 : 8, bits);
    d.setInt(Tag.PixelRepresentation, VR.US, signed ? 1 : 0);
    Random random = new Random(bits);
    int full = (1 << bits) - 1;
    int[] values = new int[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      double x = i % COLUMNS / (double) COLUMNS;
      double y = i / COLUMNS / (double) ROWS;
      double v = 0.5 + 0.4 * Math.sin(9 * x) * Math.cos(7 * y) + 0.02 * random.nextGaussian();
      values[i] = x < 0.1 ? 0 : (int) Math.clamp(Math.round(v * full), 0, full);
      if (signed) {
        values[i] = values[i] - (full + 1) / 2 & full;
      }
    }
    pixels(d, values, bits > 8 ? 2 : 1);
    return d;
  }

  /** Patches of one colour, which lie on the blocks of subsampled chrominance. */
  private static Attributes patches() {
    Attributes d = DicomSamples.radiograph("J", "1.7.1", "1.7.1.1", "1.7.1.1.2");
    d.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
    d.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    d.setInt(Tag.SamplesPerPixel, VR.US, 3);
    d.setInt(Tag.PlanarConfiguration, VR.US, 0);
    size(d, 16, 12);
    int[] values = new int[3 * ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      int x = i / 3 % COLUMNS / 16;
      int y = i / 3 / COLUMNS / 16;
      values[i] = 200 + (x * 613 + y * 1409 + i % 3 * 977) % 3600;
    }
    pixels(d, values, 2);
    return d;
  }

  private static void size(Attributes d, int allocated, int bits) {
    d.setInt(Tag.Rows, VR.US, ROWS);
    d.setInt(Tag.Columns, VR.US, COLUMNS);
    d.setInt(Tag.BitsAllocated, VR.US, allocated);
    d.setInt(Tag.BitsStored, VR.US, bits);
    d.setInt(Tag.HighBit, VR.US, bits - 1);
  }

  private static void pixels(Attributes d, int[] values, int width) {
    byte[] bytes = new byte[values.length * width + (values.length * width & 1)];
    for (int i = 0; i < values.length; i++) {
      for (int b = 0; b < width; b++) {
        bytes[i * width + b] = (byte) (values[i] >> 8 * b);
      }
    }
    d.setBytes(Tag.PixelData, width == 2 ? VR.OW : VR.OB, bytes);
  }

  private byte[] made(byte[] file, List<String> command) throws Exception {
    Path in = Files.write(dir.resolve("in.dcm"), file);
    Path out = dir.resolve("out.dcm");
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(in.toString(), out.toString()));
    DicomPeers.succeed(all.toArray(String[]::new));
    return Files.readAllBytes(out);
  }

  private static int[] values(byte[] file) {
    DicomObject object = DicomObject.parse(file);
    return PixelReader.read(object, PixelFrame.of(object));
  }

  @Test
  void everyJpegLsOfDcmtkIsDecodedExactly() throws Exception {
    for (int bits : new int[] {8, 10, 12, 16}) {
      for (boolean signed : new boolean[] {false, true}) {
        byte[] plain = DicomSamples.file(film(bits, signed));
        List<List<String>> commands =
            new ArrayList<>(
                List.of(
                    List.of("dcmcjpls"),
                    List.of("dcmcjpls", "+t1", "9", "+t2", "30", "+t3", "120", "+rs", "31")));
        if (!signed) {
          commands.add(List.of("dcmcjpls", "+en", "+md", "1"));
          commands.add(List.of("dcmcjpls", "+en", "+md", "7"));
          commands.add(List.of("dcmcjpls", "+pc"));
        }
        for (List<String> command : commands) {
          byte[] file = made(plain, command);
          String what = bits + " bits, signed " + signed + ", " + command;
          assertArrayEquals(values(made(file, List.of("dcmdjpls"))), values(file), what);
          if (!command.contains("+en")) {
            assertArrayEquals(values(plain), values(file), what);
          }
        }
      }
    }
  }

  @Test
  void everyJpegLsOfGdcmIsDecodedExactly() throws Exception {
    for (int bits : new int[] {8, 12, 16}) {
      byte[] plain = DicomSamples.file(film(bits, false));
      assertArrayEquals(values(plain), values(made(plain, List.of("gdcmconv", "--jpegls"))));
    }
  }

  @Test
  void extendedJpegIsDecodedWithinOneGreyValue() throws Exception {
    for (int bits : new int[] {10, 12, 16}) {
      byte[] file = made(DicomSamples.file(film(bits, false)), List.of("dcmcjpeg", "+ee", "+bt"));
      assertEquals("1.2.840.10008.1.2.4.51", DicomObject.parse(file).transferSyntax());
      int[] theirs = values(made(file, List.of("dcmdjpeg")));
      int[] ours = values(file);
      for (int i = 0; i < ours.length; i++) {
        assertEquals(theirs[i], ours[i], 1, bits + " bits, sample " + i);
      }
    }
  }

  /** Within the patches: between them DCMTK interpolates the chrominance, and this does not. */
  @Test
  void twelveBitsOfColourComeAsRgb() throws Exception {
    for (String sampling : List.of("+s4", "+s2", "+n1", "+np", "+cr")) {
      byte[] file = made(DicomSamples.file(patches()), List.of("dcmcjpeg", "+ee", "+bt", sampling));
      int[] theirs = values(made(file, List.of("dcmdjpeg")));
      int[] ours = values(file);
      assertEquals(3 * ROWS * COLUMNS, ours.length);
      for (int i = 0; i < ours.length; i++) {
        int x = i % (ROWS * COLUMNS) % COLUMNS % 16;
        int y = i % (ROWS * COLUMNS) / COLUMNS % 16;
        if (sampling.equals("+s4") || (x > 1 && x < 14 && y > 1 && y < 14)) {
          assertEquals(theirs[i], ours[i], 3, sampling + ", sample " + i);
        }
      }
    }
  }

  /** A grey capture in colour comes from the decoder as RGB, whatever the object states. */
  @Test
  void aGreyCaptureInCompressedColourIsARadiograph() throws Exception {
    Attributes d = film(8, false);
    byte[] grey = d.getSafeBytes(Tag.PixelData);
    d.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
    d.setString(Tag.Modality, VR.CS, "OT");
    d.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    d.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    d.setInt(Tag.SamplesPerPixel, VR.US, 3);
    d.setInt(Tag.PlanarConfiguration, VR.US, 0);
    int[] values = new int[3 * ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = grey[i / 3] & 0xff;
    }
    pixels(d, values, 1);
    byte[] plain = DicomSamples.file(d);
    Pixels expected = (Pixels) DicomDecoder.decode(plain).content();
    assertFalse(expected == null);
    for (List<String> command :
        List.of(List.of("dcmcjpls"), List.of("dcmcjpeg", "+eb"), List.of("dcmcjpeg", "+ee"))) {
      Pixels ours = (Pixels) DicomDecoder.decode(made(plain, command)).content();
      assertFalse(ours == null, command.toString());
      for (int i = 0; i < ours.values().length; i++) {
        assertEquals(expected.values()[i], ours.values()[i], 0.15, command + ", pixel " + i);
      }
    }
  }

  /** The same model input and the same picture as without compression. */
  @Test
  void aCompressedFilmIsReadLikeAPlainOne() throws Exception {
    byte[] plain = DicomSamples.file(film(12, false));
    Pixels expected = (Pixels) DicomDecoder.decode(plain).content();
    BufferedImage shown = StoredObject.parse(plain).picture(1, null);
    assertTrue(expected != null && expected.values().length == ROWS * COLUMNS);
    byte[] exact = made(plain, List.of("dcmcjpls"));
    Pixels ours = (Pixels) DicomDecoder.decode(exact).content();
    assertFalse(ours == null);
    assertArrayEquals(expected.values(), ours.values());
    BufferedImage picture = StoredObject.parse(exact).picture(1, null);
    assertArrayEquals(
        shown.getRaster().getSamples(0, 0, COLUMNS, ROWS, 0, (int[]) null),
        picture.getRaster().getSamples(0, 0, COLUMNS, ROWS, 0, (int[]) null));
    for (List<String> command :
        List.of(List.of("dcmcjpls", "+en", "+md", "2"), List.of("dcmcjpeg", "+ee", "+bt", "+sr"))) {
      Pixels near = (Pixels) DicomDecoder.decode(made(plain, command)).content();
      assertFalse(near == null, command.toString());
      for (int i = 0; i < near.values().length; i++) {
        assertEquals(expected.values()[i], near.values()[i], 0.05, command + ", pixel " + i);
      }
    }
  }
}
