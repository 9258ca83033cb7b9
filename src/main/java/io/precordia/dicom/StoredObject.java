package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.Voi;
import java.awt.image.BufferedImage;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.jspecify.annotations.Nullable;

/** A parsed object, to take frames, bulk data and pictures out of it. For one thread. */
public final class StoredObject {
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private final DicomObject object;

  private StoredObject(DicomObject object) {
    this.object = object;
  }

  /**
   * Parses a Part 10 file or bare data set.
   *
   * @throws PrecordiaException TRUNCATED, MALFORMED or DECOMPRESSION_LIMIT
   */
  public static StoredObject parse(byte[] file) {
    return new StoredObject(DicomObject.parse(file));
  }

  static StoredObject of(DicomObject object) {
    return new StoredObject(object);
  }

  /** Some bytes with what they are. */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  public record Typed(byte[] bytes, String mediaType, String transferSyntax) {}

  /** Number of frames; 0 without pixel data. */
  public int frames() {
    return object.data().containsValue(Tag.PixelData)
        ? Math.max(1, object.data().getInt(Tag.NumberOfFrames, 1))
        : 0;
  }

  /**
   * A frame as it is stored: a compressed stream, or octets.
   *
   * @param number 1 is the first
   * @throws PrecordiaException NOT_FOUND without such a frame, TRUNCATED, PIXEL_DECODE_FAILED if
   *     the fragments cannot be told apart
   */
  public Typed frame(int number) {
    Object value = object.data().getValue(Tag.PixelData);
    if (number < 1 || number > frames() || value == null) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "the object has no such frame");
    }
    String syntax = object.transferSyntax();
    if (value instanceof Fragments fragments) {
      List<byte[]> all = FrameFragments.frames(fragments, frames());
      return new Typed(all.get(number - 1), FrameFragments.frameType(syntax), syntax);
    }
    byte[] bytes = value instanceof byte[] b ? b : new byte[0];
    long pixels = (long) object.data().getInt(Tag.Rows, 0) * object.data().getInt(Tag.Columns, 0);
    int samples = object.data().getInt(Tag.SamplesPerPixel, 1);
    int allocated = object.data().getInt(Tag.BitsAllocated, 8);
    if (pixels < 1 || samples < 1 || samples > 4 || allocated < 1 || allocated > 64) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the attributes of the pixels are unusable");
    }
    long length = pixels * samples * allocated / 8;
    long from = length * (number - 1);
    if (from + length > bytes.length) {
      throw new PrecordiaException(
          ErrorCode.TRUNCATED, "the pixel data are shorter than rows, columns and frames say");
    }
    byte[] frame = java.util.Arrays.copyOfRange(bytes, (int) from, (int) (from + length));
    boolean words = object.data().bigEndian() && object.data().getInt(Tag.BitsAllocated, 8) == 16;
    return new Typed(words ? swapped(frame) : frame, FrameFragments.OCTETS, EXPLICIT_LITTLE);
  }

  /**
   * A frame without compression, little endian, samples of a pixel together.
   *
   * @param number 1 is the first
   * @throws PrecordiaException NOT_FOUND without such a frame, UNSUPPORTED_TRANSFER_SYNTAX,
   *     PIXEL_DECODE_FAILED, TRUNCATED, MALFORMED
   */
  public byte[] decoded(int number) {
    DicomObject one = single(number);
    PixelFrame layout = PixelFrame.of(one);
    int[] planes = PixelReader.read(one, layout);
    int width = layout.bytesPerSample();
    byte[] out = new byte[planes.length * width];
    int at = 0;
    for (int i = 0; i < layout.pixels(); i++) {
      for (int s = 0; s < layout.samples(); s++) {
        int word = layout.word(planes[s * layout.pixels() + i]);
        for (int b = 0; b < width; b++) {
          out[at++] = (byte) (word >> 8 * b);
        }
      }
    }
    return out;
  }

  /**
   * A value that the header leaves out, little endian; encapsulated pixel data as one stream.
   *
   * @param path as in {@link BulkElement}
   * @throws PrecordiaException NOT_FOUND
   */
  public Typed bulk(String path) {
    String[] steps = path.split("/", -1);
    @Nullable Attributes at = object.data();
    for (int i = 0; at != null && i + 2 < steps.length; i += 2) {
      Sequence items = at.getSequence(tag(steps[i]));
      int item = item(steps[i + 1]);
      at = items == null || item >= items.size() ? null : items.get(item);
    }
    int tag = tag(steps[steps.length - 1]);
    Object value = at == null || steps.length % 2 == 0 ? null : at.getValue(tag);
    if (at == null || value == null || value instanceof Sequence) {
      throw noBulk();
    }
    if (value instanceof Fragments fragments) {
      byte[] stream = FrameFragments.frames(fragments, 1).getFirst();
      return new Typed(
          stream, FrameFragments.frameType(object.transferSyntax()), object.transferSyntax());
    }
    byte[] bytes = at.getSafeBytes(tag);
    if (bytes == null) {
      throw noBulk();
    }
    boolean big = at.bigEndian() && at.getVR(tag) != null && at.getVR(tag).numEndianBytes() > 1;
    String type =
        tag == Tag.EncapsulatedDocument
            ? DicomObject.text(at, Tag.MIMETypeOfEncapsulatedDocument)
            : FrameFragments.OCTETS;
    return new Typed(
        big ? at.getVR(tag).toggleEndian(bytes, true) : bytes,
        type.matches("[a-z]{1,20}/[a-zA-Z0-9.+-]{1,80}") ? type : FrameFragments.OCTETS,
        EXPLICIT_LITTLE);
  }

  /**
   * A frame as it is shown, 8 bits a channel, by the one grey chain (modality LUT, VOI, polarity);
   * colour as stored; overlay planes in white.
   *
   * @param number 1 is the first
   * @param window instead of the object's own, or null
   * @throws PrecordiaException NOT_FOUND, UNSUPPORTED_TRANSFER_SYNTAX, UNSUPPORTED_MODALITY for a
   *     photometric interpretation that is not shown here, PIXEL_DECODE_FAILED, TRUNCATED,
   *     MALFORMED
   */
  public BufferedImage picture(int number, Voi.@Nullable Window window) {
    BufferedImage picture = FramePicture.of(single(number), window);
    OverlayPlanes.draw(picture, object.data(), number);
    return picture;
  }

  /** The same object with one frame only. */
  private DicomObject single(int number) {
    if (frames() == 1 && number == 1) {
      return object;
    }
    Typed frame = frame(number);
    Attributes data = new Attributes(object.data());
    data.setInt(Tag.NumberOfFrames, org.aoju.bus.image.galaxy.data.VR.IS, 1);
    if (object.data().getValue(Tag.PixelData) instanceof Fragments old) {
      data.remove(Tag.PixelData);
      Fragments one = data.newFragments(Tag.PixelData, old.vr(), 2);
      one.add(new byte[0]);
      one.add(frame.bytes());
    } else {
      data.setBytes(
          Tag.PixelData,
          object.data().getVR(Tag.PixelData),
          object.data().bigEndian() && object.data().getInt(Tag.BitsAllocated, 8) == 16
              ? swapped(frame.bytes())
              : frame.bytes());
    }
    return new DicomObject(data, object.transferSyntax(), object.mediaClass());
  }

  private static byte[] swapped(byte[] words) {
    byte[] out = words.clone();
    for (int i = 0; i + 1 < out.length; i += 2) {
      out[i] = words[i + 1];
      out[i + 1] = words[i];
    }
    return out;
  }

  private static int tag(String step) {
    if (!step.matches("[0-9A-Fa-f]{8}")) {
      throw noBulk();
    }
    return Integer.parseUnsignedInt(step, 16);
  }

  private static int item(String step) {
    if (!step.matches("[0-9]{1,6}")) {
      throw noBulk();
    }
    return Integer.parseInt(step);
  }

  private static PrecordiaException noBulk() {
    return new PrecordiaException(ErrorCode.NOT_FOUND, "the object has no such bulk data");
  }
}
