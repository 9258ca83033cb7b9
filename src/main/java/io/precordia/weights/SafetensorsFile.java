package io.precordia.weights;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One memory-mapped safetensors file. The header is checked before anything is allocated by its
 * numbers.
 */
public final class SafetensorsFile implements WeightSource {
  /** Longest header that is read; those of the largest public models are below 10 MiB. */
  private static final long MAX_HEADER = 32L << 20;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final WeightFile file;
  private final Arena arena;
  private final MemorySegment data;
  private final Map<String, TensorEntry> entries;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      WeightFile file, Arena arena, MemorySegment data, SafetensorsHeader header) {
    this.file = file;
    this.arena = arena;
    this.data = data;
    this.metadata = header.metadata();
    this.entries = new LinkedHashMap<>();
    header.entries().forEach(e -> entries.put(e.name(), e));
  }

  /**
   * Maps and checks a file.
   *
   * @throws PrecordiaException BAD_WEIGHTS if it is absent, unreadable or not a valid safetensors
   *     file
   */
  public static SafetensorsFile open(Path file) {
    Arena arena = Arena.ofShared();
    try {
      return map(WeightFile.of(file), arena);
    } catch (IOException e) {
      arena.close();
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "a weights file cannot be read; check that it exists and its rights",
          e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static SafetensorsFile map(WeightFile file, Arena arena) throws IOException {
    try (FileChannel channel = file.open()) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      if (all.byteSize() < 8) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, "safetensors: the file is shorter than its length field");
      }
      long length = all.get(LONG, 0);
      if (length < 2 || length > MAX_HEADER || length > all.byteSize() - 8) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, "safetensors: the header length is impossible for this file");
      }
      byte[] json = all.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE);
      MemorySegment data = all.asSlice(8 + length);
      return new SafetensorsFile(file, arena, data, SafetensorsHeader.parse(json, data.byteSize()));
    }
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  @Override
  public TensorEntry entry(String name) {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the weights lack the array " + name);
    }
    return entry;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public ByteBuffer bytes(String name) {
    TensorEntry entry = entry(name);
    if (entry.end() - entry.begin() > Integer.MAX_VALUE) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "the array " + name + " is larger than 2 GiB");
    }
    return data.asSlice(entry.begin(), entry.end() - entry.begin()).asByteBuffer();
  }

  @Override
  public StoredArray stored(String name) {
    TensorEntry entry = entry(name);
    return new StoredArray(file, file.size() - data.byteSize() + entry.begin(), entry);
  }

  @Override
  public void close() {
    arena.close();
  }
}
