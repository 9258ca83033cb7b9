package io.precordia.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import io.precordia.study.Pixels;
import io.precordia.study.Report;
import io.precordia.train.sim.SimulationWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomDecoderTest {
  private static final String CR = "1.2.840.10008.5.1.4.1.1.1";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";

  private static Attributes radiograph(int rows, int columns, byte[] octets) {
    Attributes d = new Attributes();
    d.setString(Tag.SOPClassUID, VR.UI, CR);
    d.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4");
    d.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    d.setString(Tag.Modality, VR.CS, "CR");
    d.setString(Tag.PatientID, VR.LO, "P1");
    d.setString(Tag.IssuerOfPatientID, VR.LO, "HOSPITAL");
    d.setString(Tag.PatientAge, VR.AS, "045Y");
    d.setString(Tag.PatientSex, VR.CS, "F");
    d.setString(Tag.StudyDate, VR.DA, "20240229");
    d.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    d.setInt(Tag.SamplesPerPixel, VR.US, 1);
    d.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    d.setInt(Tag.Rows, VR.US, rows);
    d.setInt(Tag.Columns, VR.US, columns);
    d.setInt(Tag.BitsAllocated, VR.US, 8);
    d.setInt(Tag.BitsStored, VR.US, 8);
    d.setInt(Tag.HighBit, VR.US, 7);
    d.setInt(Tag.PixelRepresentation, VR.US, 0);
    d.setBytes(Tag.PixelData, VR.OB, octets);
    return d;
  }

  private static byte[] file(Attributes d, String syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream dicom = new ImageOutputStream(out, EXPLICIT)) {
      dicom.writeDataset(d.createFileMetaInformation(syntax), d);
    }
    return out.toByteArray();
  }

  private static float[] grey(byte[] file) {
    Decoded decoded = DicomDecoder.decode(file);
    assertNotNull(decoded.content(), () -> decoded.flags().toString());
    return ((Pixels) decoded.content()).values();
  }

  private static void grey(Attributes d, float... expected) throws IOException {
    assertArrayEquals(expected, grey(file(d, EXPLICIT)), 1e-6f);
  }

  private static void flagged(ErrorCode code, Attributes d) throws IOException {
    Decoded decoded = DicomDecoder.decode(file(d, EXPLICIT));
    assertNull(decoded.content());
    assertEquals(code, decoded.flags().getFirst().code());
    assertEquals("P1^^^HOSPITAL", decoded.identity().subject());
  }

  private static Attributes with(int tag, VR vr, String value) {
    Attributes d = radiograph(2, 2, new byte[4]);
    d.setString(tag, vr, value);
    return d;
  }

  @Test
  void identityComesFromTheObject() throws IOException {
    var identity = DicomDecoder.decode(file(radiograph(2, 2, new byte[4]), EXPLICIT)).identity();
    assertEquals("P1^^^HOSPITAL", identity.subject());
    assertEquals("1.2.3", identity.study());
    assertEquals("1.2.3.4", identity.object());
    assertEquals(45, identity.ageYears());
    assertEquals("F", identity.sex());
    assertEquals("2024-02-29", String.valueOf(identity.date()));
  }

  @Test
  void theIssuersQualifiersAreReadToo() throws IOException {
    Attributes d = radiograph(2, 2, new byte[4]);
    Attributes issuer = new Attributes();
    issuer.setString(Tag.UniversalEntityID, VR.UT, "1.2.840.5");
    issuer.setString(Tag.UniversalEntityIDType, VR.CS, "ISO");
    d.newSequence(Tag.IssuerOfPatientIDQualifiersSequence, 1).add(issuer);
    assertEquals(
        "P1^^^HOSPITAL&1.2.840.5&ISO", DicomDecoder.decode(file(d, EXPLICIT)).identity().subject());
    d.remove(Tag.IssuerOfPatientID);
    assertEquals(
        "P1^^^&1.2.840.5&ISO", DicomDecoder.decode(file(d, EXPLICIT)).identity().subject());
  }

  @Test
  void bothWaysOfSayingThatZeroIsWhiteInvertOnce() throws IOException {
    Attributes d = radiograph(1, 2, new byte[] {0, (byte) 255});
    grey(d, 0, 1);
    d.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    grey(d, 1, 0);
    d.setString(Tag.PresentationLUTShape, VR.CS, "INVERSE");
    grey(d, 1, 0);
    d.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    grey(d, 1, 0);
    d.setString(Tag.PresentationLUTShape, VR.CS, "IDENTITY");
    grey(d, 0, 1);
  }

  @Test
  void theFirstUsableWindowIsApplied() throws IOException {
    Attributes d = radiograph(1, 4, new byte[] {0, 50, 100, (byte) 200});
    d.setString(Tag.WindowCenter, VR.DS, "7", "50.5");
    d.setString(Tag.WindowWidth, VR.DS, "0", "101");
    grey(d, 0, 0.5f, 1, 1);
    d.setString(Tag.VOILUTFunction, VR.CS, "LINEAR_EXACT");
    d.setString(Tag.WindowCenter, VR.DS, "50");
    d.setString(Tag.WindowWidth, VR.DS, "100");
    grey(d, 0, 0.5f, 1, 1);
  }

  @Test
  void aVoiTableGoesBeforeAWindow() throws IOException {
    Attributes d = radiograph(1, 4, new byte[] {0, 1, 2, 3});
    d.setString(Tag.WindowCenter, VR.DS, "2");
    d.setString(Tag.WindowWidth, VR.DS, "2");
    Attributes lut = new Attributes();
    lut.setInt(Tag.LUTDescriptor, VR.US, 3, 1, 8);
    lut.setBytes(Tag.LUTData, VR.OW, new byte[] {0, 0, 51, 0, (byte) 255, 0});
    d.newSequence(Tag.VOILUTSequence, 1).add(lut);
    grey(d, 0, 0, 0.2f, 1);
  }

  @Test
  void signedValuesAreExtendedFromTheirHighBit() throws IOException {
    Attributes d = radiograph(1, 2, new byte[] {(byte) 0xff, 0x0f, 0x01, 0x00});
    d.setInt(Tag.BitsAllocated, VR.US, 16);
    d.setInt(Tag.BitsStored, VR.US, 12);
    d.setInt(Tag.HighBit, VR.US, 11);
    d.setInt(Tag.PixelRepresentation, VR.US, 1);
    grey(d, 0, 1); // 0x0FFF is −1
    d.setInt(Tag.PixelRepresentation, VR.US, 0);
    grey(d, 1, 0);
  }

  @Test
  void rleFrames() throws IOException {
    Attributes d = radiograph(2, 4, new byte[0]);
    Fragments fragments = d.newFragments(Tag.PixelData, VR.OB, 2);
    fragments.add(new byte[0]);
    ByteBuffer rle = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
    rle.putInt(0, 1).putInt(4, 64).position(64);
    rle.put(new byte[] {-4, 9, 2, 1, 2, 3, -128, -128}); // five 9s, three literals, two no-ops
    fragments.add(rle.array());
    assertArrayEquals(
        new float[] {1, 1, 1, 1, 1, 0, 0.125f, 0.25f}, grey(file(d, "1.2.840.10008.1.2.5")), 1e-6f);
  }

  @Test
  void whatIsNoChestRadiographIsKeptOut() throws IOException {
    ErrorCode no = ErrorCode.UNSUPPORTED_MODALITY;
    flagged(no, with(Tag.BodyPartExamined, VR.CS, "HAND"));
    flagged(no, with(Tag.PatientSpeciesDescription, VR.LO, "Canis lupus familiaris"));
    flagged(no, with(Tag.AcquisitionDeviceProcessingDescription, VR.LO, "FELINE THORAX"));
    flagged(no, with(Tag.PresentationIntentType, VR.CS, "FOR PROCESSING"));
    flagged(no, with(Tag.NumberOfFrames, VR.IS, "2"));
    flagged(no, with(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.2"));
    Attributes scan = with(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
    scan.setString(Tag.Modality, VR.CS, "OT");
    grey(scan, 0.5f, 0.5f, 0.5f, 0.5f);
    scan.setNull(Tag.BodyPartExamined, VR.CS);
    flagged(no, scan);
  }

  @Test
  void hostileObjectsAreFlagged() throws IOException {
    flagged(ErrorCode.TOO_LARGE, radiograph(60_000, 60_000, new byte[4]));
    flagged(ErrorCode.TRUNCATED, radiograph(4, 4, new byte[4]));
    flagged(ErrorCode.BAD_IDENTITY, with(Tag.StudyInstanceUID, VR.UI, "../../etc/passwd"));
    Attributes empty = radiograph(2, 2, new byte[4]);
    empty.remove(Tag.PixelData);
    flagged(ErrorCode.MALFORMED, empty);
    Attributes bits = radiograph(2, 2, new byte[4]);
    bits.setInt(Tag.BitsStored, VR.US, 40);
    flagged(ErrorCode.MALFORMED, bits);
  }

  @Test
  void deflatedObjectsAreReadAndBombsStopped() throws IOException {
    byte[] octets = {0, 10, 20, 40};
    byte[] small = file(radiograph(2, 2, octets), DEFLATED);
    assertArrayEquals(new float[] {0, 0.25f, 0.5f, 1}, grey(small), 1e-6f);
    int start;
    try (ImageInputStream in = new ImageInputStream(new ByteArrayInputStream(small))) {
      in.getFileMetaInformation();
      start = (int) in.getPosition();
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(small, 0, start);
    byte[] zeros = new byte[1 << 20];
    try (var deflater = new DeflaterOutputStream(bomb, new Deflater(1, true))) {
      for (int i = 0; i <= DicomObject.MAX_INFLATED >> 20; i++) {
        deflater.write(zeros);
      }
    }
    assertEquals(
        ErrorCode.DECOMPRESSION_LIMIT,
        assertThrows(PrecordiaException.class, () -> DicomDecoder.decode(bomb.toByteArray()))
            .code());
  }

  @Test
  void aSimulatedStudyComesBack(@TempDir Path dir) throws IOException {
    new SimulationWriter().write(dir, 7, 1, i -> {});
    int xrays = 0;
    int ecgs = 0;
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path f : files.filter(f -> f.toString().endsWith(".dcm")).toList()) {
        Decoded decoded = DicomDecoder.decode(Files.readAllBytes(f));
        assertTrue(decoded.flags().isEmpty(), () -> decoded.flags().toString());
        if (decoded.content() instanceof Pixels) {
          xrays++;
        } else if (decoded.content() instanceof Ecg ecg) {
          ecgs++;
          assertTrue(ecg.calibrated());
          for (boolean present : ecg.present()) {
            assertTrue(present);
          }
        } else {
          assertTrue(decoded.content() instanceof Report);
        }
      }
    }
    assertEquals(1, xrays);
    assertEquals(1, ecgs);
  }

  /** Every prefix and 3,000 mutations end in content, a flag or a known error. */
  @Test
  void damagedBytesNeverEscape() throws IOException {
    byte[] good = file(radiograph(8, 8, new byte[64]), EXPLICIT);
    for (int n = 0; n < good.length; n++) {
      survive(Arrays.copyOf(good, n));
    }
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      for (int k = 0; k < 1 + i % 4; k++) {
        bad[128 + random.nextInt(bad.length - 128)] = (byte) random.nextInt(256);
      }
      survive(bad);
    }
  }

  private static void survive(byte[] bytes) {
    try {
      Decoded decoded = DicomDecoder.decode(bytes);
      assertTrue(decoded.content() != null || !decoded.flags().isEmpty());
    } catch (PrecordiaException e) {
      assertTrue(
          e.code() == ErrorCode.TRUNCATED
              || e.code() == ErrorCode.MALFORMED
              || e.code() == ErrorCode.DECOMPRESSION_LIMIT,
          e.code().id());
    }
  }
}
