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
  void whatCannotBeDecodedIsRefused() throws Exception {
    byte[] jpegLs =
        made(
            DicomSamples.file(DicomSamples.radiograph("C", "1.6.1", "1.6.1.1", "1.6.1.1.3")),
            "dcmcjpls");
    assertFalse(Transcoder.offers("1.2.840.10008.1.2.4.80", Transcoder.EXPLICIT_LITTLE));
    assertTrue(Transcoder.offers("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.80"));
    assertEquals(
        ErrorCode.UNSUPPORTED_TRANSFER_SYNTAX,
        assertThrows(
                PrecordiaException.class,
                () -> Transcoder.transcode(jpegLs, Transcoder.EXPLICIT_LITTLE))
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
