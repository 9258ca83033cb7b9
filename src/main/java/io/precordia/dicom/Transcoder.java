package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/**
 * Objects in an uncompressed little endian transfer syntax (PS3.5 A.1, A.2) whatever they are
 * stored in. Stored values stay what they are; colour that a decoder transforms comes as RGB.
 * Stateless.
 */
public final class Transcoder {
  public static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";
  public static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private static final String EXPLICIT_BIG = "1.2.840.10008.1.2.2";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  private static final String RLE = "1.2.840.10008.1.2.5";
  private static final Set<String> LOSSY =
      Set.of("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81");

  /** Most bytes of pixels that an object may grow to. */
  private static final long LARGEST = 1L << 30;

  private Transcoder() {}

  /** Whether objects stored in one syntax can be given in another. */
  public static boolean offers(String stored, String wanted) {
    return wanted.equals(stored)
        || ((wanted.equals(EXPLICIT_LITTLE) || wanted.equals(IMPLICIT_LITTLE))
            && (plain(stored) || stored.equals(RLE) || CompressedFrame.supports(stored)));
  }

  private static boolean plain(String syntax) {
    return syntax.equals(IMPLICIT_LITTLE)
        || syntax.equals(EXPLICIT_LITTLE)
        || syntax.equals(EXPLICIT_BIG)
        || syntax.equals(DEFLATED);
  }

  /**
   * A Part 10 file in another transfer syntax.
   *
   * @param wanted explicit or implicit little endian
   * @throws PrecordiaException UNSUPPORTED_TRANSFER_SYNTAX if the stored one is not offered so,
   *     PIXEL_DECODE_FAILED, TOO_LARGE, TRUNCATED, MALFORMED
   */
  public static byte[] transcode(byte[] file, String wanted) {
    DicomObject object = DicomObject.parse(file);
    String stored = object.transferSyntax();
    if (!offers(stored, wanted)) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_TRANSFER_SYNTAX,
          "there is no way from the stored transfer syntax to the one asked for");
    }
    if (wanted.equals(stored)) {
      return file;
    }
    Attributes out = new Attributes(false);
    out.addAll(object.data()); // turns big endian values round
    if (object.data().getValue(Tag.PixelData) instanceof Fragments) {
      decompress(object, out);
    }
    return write(object, out, wanted);
  }

  private static void decompress(DicomObject object, Attributes out) {
    StoredObject frames = StoredObject.of(object);
    PixelFrame layout = PixelFrame.ofEach(object);
    int length = layout.pixels() * layout.samples() * layout.bytesPerSample();
    long total = (long) length * frames.frames();
    if (total > LARGEST) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "the object has more than " + LARGEST + " bytes of pixels");
    }
    byte[] pixels = new byte[(int) (total + (total & 1))];
    for (int i = 0; i < frames.frames(); i++) {
      byte[] frame = frames.decoded(i + 1);
      System.arraycopy(frame, 0, pixels, i * length, length);
    }
    out.setBytes(Tag.PixelData, layout.bitsAllocated() > 8 ? VR.OW : VR.OB, pixels);
    if (layout.samples() > 1) {
      out.setInt(Tag.PlanarConfiguration, VR.US, 0);
      out.setString(Tag.PhotometricInterpretation, VR.CS, PixelReader.photometric(object, layout));
    }
    if (LOSSY.contains(object.transferSyntax()) && !out.containsValue(Tag.LossyImageCompression)) {
      out.setString(Tag.LossyImageCompression, VR.CS, "01");
    }
  }

  private static byte[] write(DicomObject object, Attributes out, String wanted) {
    String sopClass = DicomObject.text(out, Tag.SOPClassUID);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream dicom = new ImageOutputStream(bytes, EXPLICIT_LITTLE)) {
      dicom.writeDataset(
          Attributes.createFileMetaInformation(
              DicomObject.text(out, Tag.SOPInstanceUID),
              sopClass.isEmpty() ? object.mediaClass() : sopClass,
              wanted),
          out);
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "the object cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
