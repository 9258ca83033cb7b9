package io.precordia.dicom.deid;

import io.precordia.dicom.DicomObject;
import io.precordia.dicom.PixelFrame;
import io.precordia.dicom.PixelReader;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.text.Blanking;
import io.precordia.imaging.text.BurnedInText;
import io.precordia.imaging.text.TextBox;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Blanks text in pixel data (PS3.15 E.3.1, Clean Pixel Data). What is found in one frame is blanked
 * in all. Only an object whose pixels change is encoded anew, uncompressed.
 */
final class PixelCleaner {
  private static final int MOST_FRAMES = 4096;
  private static final String SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";
  private final BurnedInText detector = new BurnedInText();

  /**
   * @param object as it came
   * @param out the cleaned data set, changed where text was found
   * @return how many rectangles were blanked
   * @throws PrecordiaException NOT_DEIDENTIFIABLE if the pixels cannot be read
   */
  int clean(DicomObject object, Attributes out) {
    if (!object.data().contains(Tag.PixelData)) {
      return 0;
    }
    // One bit a pixel, or computed labels: no letters are drawn there.
    if (object.sopClass().equals(SEGMENTATION)) {
      return 0;
    }
    try {
      int blanked = blank(object, out);
      out.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
      return blanked;
    } catch (PrecordiaException e) {
      throw RefusedObjects.refused(
          "an image whose pixels cannot be read ("
              + e.code().id()
              + "), so that text in them cannot be found");
    }
  }

  private int blank(DicomObject object, Attributes out) {
    PixelFrame frame = PixelFrame.ofEach(object);
    int frames = Math.max(1, object.data().getInt(Tag.NumberOfFrames, 1));
    if (frames > MOST_FRAMES) {
      throw RefusedObjects.refused("an image of more than " + MOST_FRAMES + " frames");
    }
    Brightness brightness = Brightness.of(object, frame);
    List<TextBox> boxes = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      int[] values = PixelReader.read(object, frame, i, frames);
      for (TextBox box : detector.find(brightness.of(values), frame.columns(), frame.rows())) {
        if (!boxes.contains(box)) {
          boxes.add(box);
        }
      }
    }
    if (boxes.isEmpty()) {
      return 0;
    }
    write(object, out, frame, frames, boxes);
    return boxes.size();
  }

  private static void write(
      DicomObject object, Attributes out, PixelFrame frame, int frames, List<TextBox> boxes) {
    int size = frame.pixels() * frame.samples() * frame.bytesPerSample();
    byte[] bytes = new byte[Math.addExact(Math.multiplyExact(size, frames), size & frames & 1)];
    for (int i = 0; i < frames; i++) {
      int[] values = PixelReader.read(object, frame, i, frames);
      for (int s = 0; s < frame.samples(); s++) {
        int[] plane =
            java.util.Arrays.copyOfRange(values, s * frame.pixels(), (s + 1) * frame.pixels());
        for (TextBox box : boxes) {
          Blanking.fill(plane, frame.columns(), frame.rows(), box);
        }
        store(plane, s, frame, bytes, i * size);
      }
    }
    out.setBytes(Tag.PixelData, frame.bitsAllocated() > 8 ? VR.OW : VR.OB, bytes);
    if (frame.samples() == 3) {
      out.setInt(Tag.PlanarConfiguration, VR.US, 0);
      out.setString(Tag.PhotometricInterpretation, VR.CS, PixelReader.photometric(object, frame));
    }
  }

  private static void store(int[] plane, int sample, PixelFrame frame, byte[] bytes, int from) {
    int width = frame.bytesPerSample();
    for (int p = 0; p < plane.length; p++) {
      int word = frame.word(plane[p]);
      int at = from + (p * frame.samples() + sample) * width;
      for (int b = 0; b < width; b++) {
        bytes[at + b] = (byte) (word >>> 8 * b);
      }
    }
  }
}
