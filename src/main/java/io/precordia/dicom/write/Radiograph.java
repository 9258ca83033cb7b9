package io.precordia.dicom.write;

/**
 * Stored pixels of a frontal chest radiograph with what a viewer needs to show them.
 *
 * @param kind computed or digital radiography
 * @param rows height
 * @param columns width
 * @param stored row-major stored values, unsigned
 * @param bitsStored 8 to 16
 * @param monochrome1 true if the smallest value is shown white
 * @param windowCenter one or more, the first is the default; in stored values
 * @param windowWidth as many
 * @param windowName as many explanations
 * @param pixelSpacingMm distance of pixel centres at the detector
 * @param viewPosition "PA" or "AP"
 */
public record Radiograph(
    Kind kind,
    int rows,
    int columns,
    short[] stored,
    int bitsStored,
    boolean monochrome1,
    double[] windowCenter,
    double[] windowWidth,
    String[] windowName,
    double pixelSpacingMm,
    String viewPosition) {

  /** Which storage class carries the image. */
  public enum Kind {
    COMPUTED,
    DIGITAL
  }

  public Radiograph {
    boolean windows =
        windowCenter.length > 0
            && windowCenter.length == windowWidth.length
            && windowCenter.length == windowName.length;
    if (stored.length != (long) rows * columns || bitsStored < 8 || bitsStored > 16 || !windows) {
      throw new IllegalArgumentException(
          "radiograph: size, bits stored or windows do not fit together");
    }
  }
}
