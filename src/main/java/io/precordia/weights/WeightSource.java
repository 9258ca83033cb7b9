package io.precordia.weights;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Named arrays in safetensors form, in one file or several. Reading is thread-safe until closed.
 */
public interface WeightSource extends AutoCloseable {
  /**
   * Opens a {@code .safetensors} file, or a folder with {@code model.safetensors} or {@code
   * model.safetensors.index.json}.
   */
  static WeightSource open(Path path) {
    if (!Files.isDirectory(path)) {
      return SafetensorsFile.open(path);
    }
    Path index = path.resolve("model.safetensors.index.json");
    return Files.isRegularFile(index)
        ? ShardedWeights.open(index)
        : SafetensorsFile.open(path.resolve("model.safetensors"));
  }

  Set<String> names();

  /**
   * @throws PrecordiaException BAD_WEIGHTS if there is no such array
   */
  TensorEntry entry(String name);

  /** Free-form key/value pairs of the file. */
  Map<String, String> metadata();

  /**
   * The array's little-endian octets, mapped, not copied; invalid after {@link #close()}. At most 2
   * GiB.
   *
   * @throws PrecordiaException BAD_WEIGHTS if there is no such array or it is larger
   */
  ByteBuffer bytes(String name);

  /**
   * The array where it lies, for reading it piece by piece, also after {@link #close()}.
   *
   * @throws PrecordiaException BAD_WEIGHTS if there is no such array
   */
  StoredArray stored(String name);

  /**
   * The array as floats: F32, F16, BF16 and F64 converted (F64 rounded).
   *
   * @throws PrecordiaException BAD_WEIGHTS for other element types
   */
  default float[] floats(String name) {
    TensorEntry entry = entry(name);
    float[] out = new float[Math.toIntExact(entry.elements())];
    RealNumbers.read(entry, bytes(name), out, 0);
    return out;
  }

  /**
   * The array as integers: U8, I8, I16, U16, I32, U32, I64 and BOOL.
   *
   * @throws PrecordiaException BAD_WEIGHTS for other element types
   */
  default long[] integers(String name) {
    TensorEntry entry = entry(name);
    ByteBuffer data = bytes(name).order(ByteOrder.LITTLE_ENDIAN);
    long[] out = new long[Math.toIntExact(entry.elements())];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (entry.type()) {
            case U8, BOOL -> data.get(i) & 0xFF;
            case I8 -> data.get(i);
            case I16 -> data.getShort(2 * i);
            case U16 -> data.getShort(2 * i) & 0xFFFF;
            case I32 -> data.getInt(4 * i);
            case U32 -> data.getInt(4 * i) & 0xFFFFFFFFL;
            case I64 -> data.getLong(8 * i);
            default ->
                throw new PrecordiaException(
                    ErrorCode.BAD_WEIGHTS, name + " holds " + entry.type() + ", not integers");
          };
    }
    return out;
  }

  @Override
  void close();
}
