package io.precordia.train.data;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A memory-mapped NumPy array of int16 [rows, 12, samples], version 1.0, C order: the prepared
 * PTB-XL signals. Close it after reading.
 */
final class SignalsArray implements AutoCloseable {
  private static final ValueLayout.OfShort INT16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final Pattern HEADER =
      Pattern.compile("'descr': '<i2', 'fortran_order': False, 'shape': \\((\\d+), 12, (\\d+)\\)");

  private final Arena arena;
  private final MemorySegment data;
  private final int rows;
  private final int rowLength;

  private SignalsArray(Arena arena, MemorySegment data, int rows, int rowLength) {
    this.arena = arena;
    this.data = data;
    this.rows = rows;
    this.rowLength = rowLength;
  }

  static SignalsArray open(Path file) {
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      int header = all.byteSize() < 10 ? 0 : all.get(INT16, 8) & 0xFFFF;
      if (header == 0 || all.byteSize() < 10L + header) {
        throw malformed();
      }
      byte[] text = all.asSlice(10, header).toArray(ValueLayout.JAVA_BYTE);
      Matcher matcher = HEADER.matcher(new String(text, StandardCharsets.ISO_8859_1));
      if (!matcher.find()) {
        throw malformed();
      }
      int rows = Integer.parseInt(matcher.group(1));
      int length = 12 * Integer.parseInt(matcher.group(2));
      MemorySegment data = all.asSlice(10L + header);
      if (data.byteSize() != 2L * rows * length) {
        throw malformed();
      }
      opened = true;
      return new SignalsArray(arena, data, rows, length);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, "the signal array " + file + " cannot be read", e);
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  private static PrecordiaException malformed() {
    return new PrecordiaException(
        ErrorCode.MALFORMED, "the signal array is no int16 NumPy array [n, 12, samples]");
  }

  short[] row(int index) {
    if (index < 0 || index >= rows) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the manifest names a row that the signal array lacks");
    }
    return data.asSlice(2L * index * rowLength, 2L * rowLength).toArray(INT16);
  }

  @Override
  public void close() {
    arena.close();
  }
}
