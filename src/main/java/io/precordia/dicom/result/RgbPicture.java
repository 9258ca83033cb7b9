package io.precordia.dicom.result;

/**
 * A picture in colour.
 *
 * @param rgb row-major, red, green and blue of each pixel
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record RgbPicture(int width, int height, byte[] rgb) {
  public RgbPicture {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException("a picture has three bytes for every pixel");
    }
  }
}
