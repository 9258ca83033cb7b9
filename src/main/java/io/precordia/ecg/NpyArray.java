package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NumPy .npy array (format versions 1.0, 2.0 and 3.0) of int16, int32, float32 or float64 in
 * either byte order. The header is matched, not evaluated.
 */
record NpyArray(int[] shape, boolean fortran, char kind, int width, ByteBuffer data) {
  private static final int MAX_HEADER = 1 << 16;
  private static final Pattern DESCR =
      Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])(\\d{1,2})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{0,100})\\)");

  static boolean looksLike(byte[] bytes) {
    return bytes.length >= 6
        && (bytes[0] & 0xff) == 0x93
        && new String(bytes, 1, 5, StandardCharsets.ISO_8859_1).equals("NUMPY");
  }

  static NpyArray parse(byte[] bytes) {
    if (!looksLike(bytes)) {
      throw malformed("the file does not begin as one");
    }
    if (bytes.length < 12) {
      throw new PrecordiaException(ErrorCode.TRUNCATED, "the NumPy file ends within its header");
    }
    int version = bytes[6];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (version < 1 || version > 3) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT, "NumPy format version " + version + " is not read");
    }
    long length = version == 1 ? buffer.getShort(8) & 0xffff : buffer.getInt(8) & 0xffffffffL;
    int start = version == 1 ? 10 : 12;
    if (length > MAX_HEADER) {
      throw malformed("its header is longer than 64 KiB");
    }
    if (start + length > bytes.length) {
      throw new PrecordiaException(ErrorCode.TRUNCATED, "the NumPy file ends within its header");
    }
    String header = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    Matcher descr = DESCR.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!order.find() || !shape.find() || !header.contains("'descr'")) {
      throw malformed("its header lacks descr, fortran_order or shape");
    }
    if (!descr.find() || !supported(descr.group(2).charAt(0), Integer.parseInt(descr.group(3)))) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT,
          "the NumPy array's type is not int16, int32, float32 or float64");
    }
    buffer.order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    buffer.position(start + (int) length);
    ByteBuffer data = buffer.slice().order(buffer.order());
    NpyArray array =
        new NpyArray(
            dimensions(shape.group(1)),
            order.group(1).equals("True"),
            descr.group(2).charAt(0),
            Integer.parseInt(descr.group(3)),
            data);
    if (array.size() * array.width > data.capacity()) {
      throw new PrecordiaException(
          ErrorCode.TRUNCATED, "the NumPy file ends before its array does");
    }
    return array;
  }

  private static boolean supported(char kind, int width) {
    return (kind == 'i' && (width == 2 || width == 4))
        || (kind == 'f' && (width == 4 || width == 8));
  }

  private static int[] dimensions(String text) {
    String[] parts =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toArray(String[]::new);
    if (parts.length > 8) {
      throw malformed("it has more than 8 dimensions");
    }
    int[] shape = new int[parts.length];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      if (!parts[i].matches("\\d{1,9}")) {
        throw malformed("its shape cannot be read");
      }
      shape[i] = Integer.parseInt(parts[i]);
      size *= shape[i];
      if (size > EcgAssembler.MAX_SAMPLES) {
        throw new PrecordiaException(
            ErrorCode.TOO_LARGE, "the NumPy array holds more samples than are read; split it");
      }
    }
    return shape;
  }

  long size() {
    long size = 1;
    for (int d : shape) {
      size *= d;
    }
    return size;
  }

  /** Element at a flat position in storage order. */
  double at(int position) {
    int p = position * width;
    if (kind == 'i') {
      return width == 2 ? data.getShort(p) : data.getInt(p);
    }
    return width == 4 ? data.getFloat(p) : data.getDouble(p);
  }

  private static PrecordiaException malformed(String what) {
    return new PrecordiaException(ErrorCode.MALFORMED, "not a valid NumPy array: " + what);
  }
}
