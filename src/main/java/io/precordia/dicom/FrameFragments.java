package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aoju.bus.image.galaxy.data.Fragments;

/** Media types of stored pixel data (PS3.18 Table 8.7.3-5). */
final class FrameFragments {
  static final String OCTETS = "application/octet-stream";

  private FrameFragments() {}

  /** Type of one frame as stored in a transfer syntax. */
  static String frameType(String syntax) {
    String type =
        switch (syntax) {
          case "1.2.840.10008.1.2.4.50",
              "1.2.840.10008.1.2.4.51",
              "1.2.840.10008.1.2.4.57",
              "1.2.840.10008.1.2.4.70" ->
              "image/jpeg";
          case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81" -> "image/jls";
          case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91" -> "image/jp2";
          case "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93" -> "image/jpx";
          case "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203" ->
              "image/jphc";
          case "1.2.840.10008.1.2.5" -> "image/dicom-rle";
          default -> OCTETS;
        };
    return type.toLowerCase(Locale.ROOT);
  }

  /**
   * The fragments of each frame of encapsulated pixel data (PS3.5 A.4): one fragment each, or as
   * the basic offset table says, or else as streams of the JPEG family begin.
   *
   * @param frames stated number
   * @throws PrecordiaException PIXEL_DECODE_FAILED if they cannot be told apart
   */
  static List<byte[]> frames(Fragments fragments, int frames) {
    List<byte[]> data = new ArrayList<>();
    for (int i = 1; i < fragments.size(); i++) {
      data.add(fragments.get(i) instanceof byte[] bytes ? bytes : new byte[0]);
    }
    if (frames == 1 && !data.isEmpty()) {
      return List.of(join(data));
    }
    if (data.size() == frames) {
      return data;
    }
    byte[] table =
        fragments.isEmpty() || !(fragments.getFirst() instanceof byte[] b) ? new byte[0] : b;
    return table.length / 4 == frames ? byTable(data, table, frames) : byStart(data, frames);
  }

  private static List<byte[]> byTable(List<byte[]> data, byte[] table, int frames) {
    List<byte[]> out = new ArrayList<>();
    int fragment = 0;
    long position = 0;
    for (int i = 0; i < frames; i++) {
      long end = i + 1 < frames ? offset(table, i + 1) : Long.MAX_VALUE;
      List<byte[]> own = new ArrayList<>();
      while (fragment < data.size() && position < end) {
        own.add(data.get(fragment));
        position += 8L + data.get(fragment).length;
        fragment++;
      }
      out.add(join(own));
    }
    return out;
  }

  private static List<byte[]> byStart(List<byte[]> data, int frames) {
    List<List<byte[]>> out = new ArrayList<>();
    for (byte[] fragment : data) {
      if (starts(fragment)) {
        out.add(new ArrayList<>());
      }
      if (!out.isEmpty()) {
        out.getLast().add(fragment);
      }
    }
    if (out.size() != frames || !starts(data.getFirst())) {
      throw new PrecordiaException(
          ErrorCode.PIXEL_DECODE_FAILED,
          "the fragments cannot be told apart into frames: the basic offset table is missing");
    }
    return out.stream().map(FrameFragments::join).toList();
  }

  /** JPEG and JPEG-LS begin with SOI and another marker, JPEG 2000 with SOC and SIZ. */
  private static boolean starts(byte[] fragment) {
    return fragment.length > 3
        && fragment[0] == (byte) 0xff
        && fragment[2] == (byte) 0xff
        && (fragment[1] == (byte) 0xd8
            || (fragment[1] == (byte) 0x4f && fragment[3] == (byte) 0x51));
  }

  private static long offset(byte[] table, int i) {
    return java.nio.ByteBuffer.wrap(table).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(4 * i)
        & 0xffffffffL;
  }

  private static byte[] join(List<byte[]> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
