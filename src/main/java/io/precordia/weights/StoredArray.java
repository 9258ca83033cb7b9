package io.precordia.weights;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.function.Function;

/**
 * An array of real numbers where it lies in its file, readable after its {@link WeightSource} is
 * closed. Nothing stays open or mapped between readings, so a model's file never adds to resident
 * memory more than the pieces being read. Thread-safe.
 */
public final class StoredArray {
  /**
   * Elements of a piece that bounds what a reading keeps mapped. Small, because glibc serves blocks
   * as large as any that was freed before from its heap: with large pieces, weights and the holes
   * that pieces leave would lie in turn there, and the holes stay resident.
   */
  public static final int PIECE = 1 << 18;

  private final WeightFile file;
  private final long begin;
  private final TensorEntry entry;

  /**
   * @param begin position of the array's first octet in the file
   */
  StoredArray(WeightFile file, long begin, TensorEntry entry) {
    this.file = file;
    this.begin = begin;
    this.entry = entry;
  }

  public TensorEntry entry() {
    return entry;
  }

  /**
   * @throws PrecordiaException BAD_WEIGHTS unless the elements are F32, F16, BF16 or F64
   */
  public void requireReal() {
    if (!RealNumbers.takes(entry.type())) {
      throw RealNumbers.notReal(entry);
    }
  }

  /**
   * Maps elements for the time of a call.
   *
   * @param from first element
   * @param count at least 1; together at most 2 GiB
   * @param reader gets the little-endian octets, which become invalid when it returns
   * @throws PrecordiaException BAD_WEIGHTS if the file is gone or was changed since it was opened
   */
  public <T> T piece(long from, long count, Function<ByteBuffer, T> reader) {
    try (Arena arena = Arena.ofConfined()) {
      return reader.apply(map(from, count, arena).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  private MemorySegment map(long from, long count, Arena arena) {
    int bytes = entry.type().bytes();
    boolean interrupted = false;
    try {
      while (true) {
        try (FileChannel channel = file.open()) {
          return channel.map(
              FileChannel.MapMode.READ_ONLY, begin + from * bytes, count * bytes, arena);
        } catch (ClosedByInterruptException e) {
          // An interruption ends the caller's request, but others wait for the same array.
          interrupted |= Thread.interrupted();
        }
      }
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the file of "
              + entry.name()
              + " cannot be read any more or was changed while the model is in use; load the model"
              + " again",
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * All elements as floats.
   *
   * @throws PrecordiaException BAD_WEIGHTS for other than real numbers, or as {@link #piece}
   */
  public float[] floats() {
    requireReal();
    float[] out = new float[Math.toIntExact(entry.elements())];
    for (int from = 0; from < out.length; from += PIECE) {
      int at = from;
      piece(
          from,
          Math.min(PIECE, out.length - from),
          octets -> {
            RealNumbers.read(entry, octets, out, at);
            return out;
          });
    }
    return out;
  }

  /** Elements {@code from} to {@code from + count} as floats; errors as {@link #floats}. */
  public float[] floats(long from, int count) {
    float[] out = new float[count];
    return piece(
        from,
        count,
        octets -> {
          RealNumbers.read(entry, octets, out, 0);
          return out;
        });
  }

  /** Whether both hold the same real numbers bit for bit, compared piece by piece. */
  public boolean sameNumbers(StoredArray other) {
    long elements = entry.elements();
    if (elements != other.entry.elements()) {
      return false;
    }
    for (long from = 0; from < elements; from += PIECE) {
      int count = (int) Math.min(PIECE, elements - from);
      if (!java.util.Arrays.equals(floats(from, count), other.floats(from, count))) {
        return false;
      }
    }
    return true;
  }
}
