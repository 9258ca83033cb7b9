package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import org.aoju.bus.image.Tag;

/**
 * The Image Pixel attributes of a frame (PS3.3 C.7.6.3).
 *
 * @param samples samples per pixel, 1 or 3
 * @param planar Planar Configuration 1: plane after plane
 */
public record PixelFrame(
    int rows,
    int columns,
    int samples,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    boolean planar,
    String photometric) {
  private static final long MAX_PIXELS = 100_000_000;

  /**
   * @throws PrecordiaException MALFORMED for attributes that are absent or out of range, TOO_LARGE,
   *     UNSUPPORTED_MODALITY for more than one frame
   */
  static PixelFrame of(DicomObject object) {
    if (object.data().getInt(Tag.NumberOfFrames, 1) > 1) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_MODALITY, "an image of several frames is no radiograph");
    }
    return ofEach(object);
  }

  /**
   * The same for any number of frames, which are all alike.
   *
   * @throws PrecordiaException MALFORMED for attributes that are absent or out of range, TOO_LARGE
   */
  public static PixelFrame ofEach(DicomObject object) {
    int rows = object.data().getInt(Tag.Rows, 0);
    int columns = object.data().getInt(Tag.Columns, 0);
    int allocated = object.data().getInt(Tag.BitsAllocated, 0);
    int stored = object.data().getInt(Tag.BitsStored, allocated);
    int high = object.data().getInt(Tag.HighBit, stored - 1);
    int samples = object.data().getInt(Tag.SamplesPerPixel, 1);
    if (rows < 1 || columns < 1) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "the image has no rows or no columns");
    }
    if ((long) rows * columns > MAX_PIXELS) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "the image has more than " + MAX_PIXELS + " pixels");
    }
    if ((allocated != 8 && allocated != 16 && allocated != 32)
        || stored < 1
        || stored > allocated
        || high < stored - 1
        || high >= allocated
        || (samples != 1 && samples != 3)) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED,
          "the bits allocated, stored, high bit or samples of the image are not usable");
    }
    return new PixelFrame(
        rows,
        columns,
        samples,
        allocated,
        stored,
        high,
        object.data().getInt(Tag.PixelRepresentation, 0) == 1,
        object.data().getInt(Tag.PlanarConfiguration, 0) == 1,
        object.text(Tag.PhotometricInterpretation));
  }

  /** Pixels of a frame. */
  public int pixels() {
    return rows * columns;
  }

  public int bytesPerSample() {
    return bitsAllocated / 8;
  }

  /** The allocated word of a stored value; bits that are not stored are 0. */
  public int word(int value) {
    int mask = bitsStored == 32 ? -1 : (1 << bitsStored) - 1;
    return (value & mask) << (highBit + 1 - bitsStored);
  }

  /** Stored value of an allocated word: bits above the high bit go, the sign is extended. */
  int value(int word) {
    int shifted = word >>> (highBit + 1 - bitsStored);
    int unused = 32 - bitsStored;
    return signed ? shifted << unused >> unused : shifted << unused >>> unused;
  }
}
