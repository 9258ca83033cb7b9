package io.precordia.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.result.DicomPeers;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.workspace.catalogue.DicomSamples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decoded objects against what DCMTK decodes. */
class TranscoderTest {
  @TempDir Path dir;

  private static Attributes colour() {
    Attributes d = DicomSamples.radiograph("C", "1.6.1", "1.6.1.1", "1.6.1.1.1");
    d.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
    d.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    d.setInt(Tag.SamplesPerPixel, VR.US, 3);
    d.setInt(Tag.PlanarConfiguration, VR.US, 0);
    d.setInt(Tag.Rows, VR.US, 32);
    d.setInt(Tag.Columns, VR.US, 48);
    d.setInt(Tag.BitsAllocated, VR.US, 8);
    d.setInt(Tag.BitsStored, VR.US, 8);
    d.setInt(Tag.HighBit, VR.US, 7);
    byte[] pixels = new byte[3 * 32 * 48];
    for (int i = 0; i < 32 * 48; i++) {
      pixels[3 * i] = (byte) (5 * (i % 48));
      pixels[3 * i + 1] = (byte) (8 * (i / 48));
      pixels[3 * i + 2] = (byte) (255 - 5 * (i % 48));
    }
    d.setBytes(Tag.PixelData, VR.OB, pixels);
    return d;
  }

  private byte[] made(byte[] file, String... command) throws Exception {
    Path in = Files.write(dir.resolve("in.dcm"), file);
    Path out = dir.resolve("out.dcm");
    String[] all = java.util.Arrays.copyOf(command, command.length + 2);
    all[command.length] = in.toString();
    all[command.length + 1] = out.toString();
    DicomPeers.succeed(all);
    return Files.readAllBytes(out);
  }

  private static Attributes plain(byte[] file) {
    DicomObject out = DicomObject.parse(Transcoder.transcode(file, Transcoder.EXPLICIT_LITTLE));
    assertEquals(Transcoder.EXPLICIT_LITTLE, out.transferSyntax());
    return out.data();
  }

  @Test
  void colourInJpegComesAsRgb() throws Exception {
    byte[] jpeg = made(DicomSamples.file(colour()), "dcmcjpeg", "+eb", "+s4");
    Attributes ours = plain(jpeg);
    Attributes theirs = DicomObject.parse(made(jpeg, "dcmdjpeg")).data();
    assertEquals("RGB", ours.getString(Tag.PhotometricInterpretation));
    assertEquals("01", ours.getString(Tag.LossyImageCompression));
    byte[] a = ours.getSafeBytes(Tag.PixelData);
    byte[] b = theirs.getSafeBytes(Tag.PixelData);
    assertEquals(b.length, a.length);
    for (int i = 0; i < a.length; i++) {
      assertEquals(b[i] & 0xff, a[i] & 0xff, 3, "sample " + i);
    }
  }

  @Test
  void colourInRleStaysWhatItIs() throws Exception {
    Attributes d = colour();
    byte[] pixels = d.getSafeBytes(Tag.PixelData);
    Attributes out = plain(made(DicomSamples.file(d), "dcmcrle"));
    assertArrayEquals(pixels, out.getSafeBytes(Tag.PixelData));
    assertEquals("RGB", out.getString(Tag.PhotometricInterpretation));
    assertFalse(out.containsValue(Tag.LossyImageCompression));
  }

  @Test
  void everyFrameIsDecoded() throws Exception {
    Attributes d = DicomSamples.radiograph("C", "1.6.1", "1.6.1.1", "1.6.1.1.2");
    byte[] one = d.getSafeBytes(Tag.PixelData);
    byte[] three = java.util.Arrays.copyOf(one, 3 * one.length);
    System.arraycopy(one, 0, three, 2 * one.length, one.length);
    d.setInt(Tag.NumberOfFrames, VR.IS, 3);
    d.setBytes(Tag.PixelData, VR.OW, three);
    byte[] file = DicomSamples.file(d);
    for (String[] command : new String[][] {{"dcmcrle"}, {"dcmcjpeg", "+e1"}, {"dcmconv", "+tb"}}) {
      Attributes out = plain(made(file, command));
      assertArrayEquals(three, out.getSafeBytes(Tag.PixelData), command[0]);
      assertEquals("Müller^C", out.getString(Tag.PatientName));
    }
  }

  @Test
  void jpegLsIsDecodedAsItIs() throws Exception {
    byte[] film = DicomSamples.file(DicomSamples.radiograph("C", "1.6.1", "1.6.1.1", "1.6.1.1.5"));
    for (Attributes d : List.of(DicomObject.parse(film).data(), colour())) {
      byte[] pixels = d.getSafeBytes(Tag.PixelData);
      for (String interleave : List.of("+il", "+is", "+in")) {
        Attributes out = plain(made(DicomSamples.file(d), "dcmcjpls", interleave));
        assertArrayEquals(pixels, out.getSafeBytes(Tag.PixelData), interleave);
        assertEquals(
            d.getString(Tag.PhotometricInterpretation),
            out.getString(Tag.PhotometricInterpretation));
        assertFalse(out.containsValue(Tag.LossyImageCompression));
      }
      byte[] near = made(DicomSamples.file(d), "dcmcjpls", "+en", "+md", "3");
      assertArrayEquals(
          DicomObject.parse(made(near, "dcmdjpls")).data().getSafeBytes(Tag.PixelData),
          plain(near).getSafeBytes(Tag.PixelData));
      assertEquals("01", plain(near).getString(Tag.LossyImageCompression));
    }
  }

  /** JPEG-LS transforms no colour, so what is luminance and chrominance stays that. */
  @Test
  void chrominanceInJpegLsStaysWhatItIs() throws Exception {
    Attributes d = colour();
    d.setString(Tag.PhotometricInterpretation, VR.CS, "YBR_FULL");
    Attributes out = plain(made(DicomSamples.file(d), "dcmcjpls"));
    assertEquals("YBR_FULL", out.getString(Tag.PhotometricInterpretation));
    assertArrayEquals(d.getSafeBytes(Tag.PixelData), out.getSafeBytes(Tag.PixelData));
  }

  /** Fragments of several frames that no offset table tells apart. */
  @Test
  void framesInSeveralFragmentsAreDecoded() throws Exception {
    Attributes d = colour();
    java.util.Random random = new java.util.Random(5);
    byte[] noise = new byte[3 * 32 * 48 * 2];
    random.nextBytes(noise);
    d.setInt(Tag.NumberOfFrames, VR.IS, 2);
    d.setBytes(Tag.PixelData, VR.OB, noise);
    for (String table : List.of("+ot", "-ot")) {
      byte[] file = made(DicomSamples.file(d), "dcmcjpls", "+fs", "1", table);
      assertArrayEquals(noise, plain(file).getSafeBytes(Tag.PixelData), table);
    }
  }

  @Test
  void twelveBitsInExtendedJpegAreDecoded() throws Exception {
    Attributes d = DicomSamples.radiograph("C", "1.6.1", "1.6.1.1", "1.6.1.1.6");
    byte[] file = made(DicomSamples.file(d), "dcmcjpeg", "+ee", "+bt");
    Attributes ours = plain(file);
    byte[] a = ours.getSafeBytes(Tag.PixelData);
    byte[] b = DicomObject.parse(made(file, "dcmdjpeg")).data().getSafeBytes(Tag.PixelData);
    assertEquals(b.length, a.length);
    for (int i = 0; i < a.length; i += 2) {
      int x = a[i] & 0xff | (a[i + 1] & 0xff) << 8;
      assertEquals(b[i] & 0xff | (b[i + 1] & 0xff) << 8, x, 1, "sample " + i / 2);
    }
    assertEquals("01", ours.getString(Tag.LossyImageCompression));
  }

  @Test
  void whatCannotBeDecodedIsRefused() throws Exception {
    String stored = "1.2.840.10008.1.2.4.92"; // JPEG 2000 Part 2, multi-component
    byte[] other =
        new String(
                made(
                    DicomSamples.file(
                        DicomSamples.radiograph("C", "1.6.1", "1.6.1.1", "1.6.1.1.3")),
                    "dcmcjpls"),
                StandardCharsets.ISO_8859_1)
            .replace("1.2.840.10008.1.2.4.80", stored)
            .getBytes(StandardCharsets.ISO_8859_1);
    assertFalse(Transcoder.offers(stored, Transcoder.EXPLICIT_LITTLE));
    assertTrue(Transcoder.offers(stored, stored));
    assertEquals(
        ErrorCode.UNSUPPORTED_TRANSFER_SYNTAX,
        assertThrows(
                PrecordiaException.class,
                () -> Transcoder.transcode(other, Transcoder.EXPLICIT_LITTLE))
            .code());
    byte[] rle =
        made(
            DicomSamples.file(DicomSamples.radiograph("C", "1.6.1", "1.6.1.1", "1.6.1.1.4")),
            "dcmcrle");
    String bytes = new String(rle, StandardCharsets.ISO_8859_1);
    int header = bytes.indexOf("\u0002\0\0\0\u0040\0\0\0");
    assertTrue(header > 0);
    rle[header] = 7; // segments, where two bytes a pixel need two
    assertThrows(
        PrecordiaException.class, () -> Transcoder.transcode(rle, Transcoder.EXPLICIT_LITTLE));
  }
}
