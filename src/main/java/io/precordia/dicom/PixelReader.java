package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.VR;

/** Stored values of a frame, whatever the transfer syntax (PS3.5 §8, §A.4). */
public final class PixelReader {
  private static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private static final String EXPLICIT_BIG = "1.2.840.10008.1.2.2";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  private static final String RLE = "1.2.840.10008.1.2.5";

  private PixelReader() {}

  /**
   * Values [samples · pixels], plane after plane.
   *
   * @throws PrecordiaException UNSUPPORTED_TRANSFER_SYNTAX, TRUNCATED, PIXEL_DECODE_FAILED, or
   *     MALFORMED without pixel data
   */
  static int[] read(DicomObject object, PixelFrame frame) {
    return read(object, frame, 0, 1);
  }

  /**
   * Values of one of several frames.
   *
   * @param index from 0
   * @param frames how many there are
   * @throws PrecordiaException as above; PIXEL_DECODE_FAILED too if the fragments of several
   *     compressed frames cannot be told apart
   */
  public static int[] read(DicomObject object, PixelFrame frame, int index, int frames) {
    VR.Holder vr = new VR.Holder();
    Object value = object.data().getValue(Tag.PixelData, vr);
    if (value == null) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "the object holds no pixel data");
    }
    return switch (object.transferSyntax()) {
      case IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED -> {
        if (value instanceof byte[] bytes) {
          boolean big = object.data().bigEndian();
          yield raw(
              big && frame.bitsAllocated() == 8 && vr.vr == VR.OW ? swapped(bytes) : bytes,
              frame,
              big,
              index);
        }
        throw new PrecordiaException(
            ErrorCode.MALFORMED, "the pixel data contradict the transfer syntax");
      }
      case RLE -> RleFrame.decode(fragments(value, index, frames), frame);
      default -> {
        if (!CompressedFrame.supports(object.transferSyntax())) {
          throw new PrecordiaException(
              ErrorCode.UNSUPPORTED_TRANSFER_SYNTAX,
              "there is no decoder for transfer syntax "
                  + standard(object.transferSyntax())
                  + "; send the object uncompressed");
        }
        yield CompressedFrame.decode(
            fragments(value, index, frames), object.transferSyntax(), frame);
      }
    };
  }

  /** Photometric Interpretation of the values that are read: stated, or RGB from a decoder. */
  public static String photometric(DicomObject object, PixelFrame frame) {
    return frame.samples() == 3 && CompressedFrame.givesRgb(object.transferSyntax())
        ? "RGB"
        : frame.photometric();
  }

  private static String standard(String uid) {
    return uid.startsWith("1.2.840.10008.") && uid.length() <= 64 ? uid : "of a private kind";
  }

  private static byte[] fragments(Object value, int index, int frames) {
    if (!(value instanceof Fragments fragments) || fragments.size() < 2) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the compressed pixel data hold no fragment");
    }
    return FrameFragments.frames(fragments, frames).get(index);
  }

  private static int[] raw(byte[] bytes, PixelFrame f, boolean big, int index) {
    int width = f.bytesPerSample();
    long needed = (long) f.pixels() * f.samples() * width;
    long start = index * needed;
    if (bytes.length < start + needed) {
      throw new PrecordiaException(
          ErrorCode.TRUNCATED,
          "the pixel data hold "
              + bytes.length
              + " of "
              + (start + needed)
              + " bytes; send it again");
    }
    int[] out = new int[f.pixels() * f.samples()];
    for (int i = 0; i < out.length; i++) {
      int word = 0;
      for (int b = 0; b < width; b++) {
        word |= (bytes[(int) start + i * width + b] & 0xff) << 8 * (big ? width - 1 - b : b);
      }
      int at = f.planar() || f.samples() == 1 ? i : i % 3 * f.pixels() + i / 3;
      out[at] = f.value(word);
    }
    return out;
  }

  private static byte[] swapped(byte[] words) {
    byte[] out = words.clone();
    for (int i = 0; i + 1 < out.length; i += 2) {
      out[i] = words[i + 1];
      out[i + 1] = words[i];
    }
    return out;
  }
}
