package io.precordia.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes safetensors files atomically: a reader sees the old file or the whole new one, also after
 * a power cut. The same arrays in the same order give the same octets.
 */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 20;

  private SafetensorsWriter() {}

  /**
   * Writes arrays in the map's iteration order.
   *
   * @param type F32, or F16 (rounded to nearest)
   * @throws PrecordiaException INVALID_ARGUMENT for another type or a finite value too large for
   *     F16; STORAGE_FULL if writing fails
   */
  public static void write(
      Path file, Map<String, HostArray> arrays, ElementType type, Map<String, String> metadata) {
    if (type != ElementType.F32 && type != ElementType.F16) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "weights are written as F32 or F16, not " + type);
    }
    byte[] header = header(arrays, type, metadata);
    AtomicFile.replace(
        file,
        channel -> {
          ByteBuffer length =
              ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
          writeAll(channel, length);
          writeAll(channel, ByteBuffer.wrap(header));
          ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
          for (Map.Entry<String, HostArray> e : arrays.entrySet()) {
            for (float value : e.getValue().values()) {
              put(chunk, value, type, e.getKey());
              if (!chunk.hasRemaining()) {
                writeAll(channel, chunk.flip());
                chunk.clear();
              }
            }
          }
          writeAll(channel, chunk.flip());
        });
  }

  private static void put(ByteBuffer chunk, float value, ElementType type, String name) {
    if (type == ElementType.F32) {
      chunk.putFloat(value);
      return;
    }
    short half = Float.floatToFloat16(value);
    if (Float.isFinite(value) && !Float.isFinite(Float.float16ToFloat(half))) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, name + " holds a value beyond F16's range; write F32");
    }
    chunk.putShort(half);
  }

  private static byte[] header(
      Map<String, HostArray> arrays, ElementType type, Map<String, String> metadata) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = root.putObject("__metadata__");
      new java.util.TreeMap<>(metadata).forEach(node::put);
    }
    long at = 0;
    for (Map.Entry<String, HostArray> e : arrays.entrySet()) {
      if (e.getKey().equals("__metadata__")) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT, "__metadata__ is no name for an array");
      }
      ObjectNode node = root.putObject(e.getKey());
      node.put("dtype", type.name());
      var shape = node.putArray("shape");
      Arrays.stream(e.getValue().shape()).forEach(shape::add);
      long end = at + (long) e.getValue().values().length * type.bytes();
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
