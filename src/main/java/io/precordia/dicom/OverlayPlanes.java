package io.precordia.dicom;

import java.awt.image.BufferedImage;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * Overlay planes drawn in white over a picture (PS3.3 C.9.2). Planes within the pixel data, which
 * were retired in 2004, and planes whose attributes contradict each other are left out. Stateless.
 */
final class OverlayPlanes {
  private static final int WHITE = 0xffffff;
  private static final int GROUPS = 16;

  private OverlayPlanes() {}

  /**
   * @param frame number of the frame that the picture shows, from 1
   */
  static void draw(BufferedImage picture, Attributes data, int frame) {
    for (int i = 0; i < GROUPS; i++) {
      int group = i << 17; // 6000, 6002 ... 601E
      byte[] bits = bits(data, Tag.OverlayData | group);
      if (bits != null && data.getInt(Tag.OverlayBitsAllocated | group, 1) == 1) {
        draw(picture, data, group, bits, frame);
      }
    }
  }

  private static void draw(
      BufferedImage picture, Attributes data, int group, byte[] bits, int frame) {
    int rows = data.getInt(Tag.OverlayRows | group, 0);
    int columns = data.getInt(Tag.OverlayColumns | group, 0);
    int frames = data.getInt(Tag.NumberOfFramesInOverlay | group, 1);
    // the plane of a single frame lies over every frame of the image
    int plane = frames == 1 ? 0 : frame - data.getInt(Tag.ImageFrameOrigin | group, 1);
    long size = (long) rows * columns;
    if (rows < 1 || columns < 1 || plane < 0 || plane >= frames) {
      return;
    }
    long first = plane * size;
    if ((first + size + 7) / 8 > bits.length) {
      return;
    }
    int[] origin = data.getInts(Tag.OverlayOrigin | group);
    int top = origin == null || origin.length != 2 ? 0 : origin[0] - 1;
    int left = origin == null || origin.length != 2 ? 0 : origin[1] - 1;
    for (long at = 0; at < size; at++) {
      long bit = first + at;
      if ((bits[(int) (bit >> 3)] >> (bit & 7) & 1) == 1) {
        long y = at / columns + top;
        long x = at % columns + left;
        if (x >= 0 && y >= 0 && x < picture.getWidth() && y < picture.getHeight()) {
          picture.setRGB((int) x, (int) y, WHITE);
        }
      }
    }
  }

  /** Eight pixels a byte, the first in the lowest bit. */
  private static byte @Nullable [] bits(Attributes data, int tag) {
    byte[] bytes = data.getSafeBytes(tag);
    return bytes != null && data.bigEndian() && data.getVR(tag) == VR.OW
        ? VR.OW.toggleEndian(bytes, true)
        : bytes;
  }
}
