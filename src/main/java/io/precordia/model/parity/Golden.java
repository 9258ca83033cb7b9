package io.precordia.model.parity;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsFile;
import io.precordia.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder with reference outputs: {@code inputs.safetensors} (optional), {@code
 * outputs.safetensors}, and {@code golden.json} where one class made them.
 *
 * @param model reference class, for example {@code ViTModel}; empty if the folder names none
 * @param inputs arrays by name; none if there is no such file
 */
public record Golden(Path folder, String model, WeightSource inputs, WeightSource outputs)
    implements AutoCloseable {
  /**
   * @throws PrecordiaException NOT_FOUND if the folder has no outputs
   */
  public static Golden open(Path folder) {
    Path outputs = folder.resolve("outputs.safetensors");
    if (!Files.isRegularFile(outputs)) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, folder + " has no outputs.safetensors; it is no golden folder");
    }
    Path description = folder.resolve("golden.json");
    Path inputs = folder.resolve("inputs.safetensors");
    return new Golden(
        folder,
        Files.isRegularFile(description) ? HubConfig.readFile(description).text("model", "") : "",
        SafetensorsFile.open(Files.isRegularFile(inputs) ? inputs : outputs),
        SafetensorsFile.open(outputs));
  }

  public boolean hasInput(String name) {
    return inputs.names().contains(name);
  }

  /** A real input in its shape. */
  public HostArray real(String name) {
    return new HostArray(inputs.entry(name).shape(), inputs.floats(name));
  }

  /** Shape of an input. */
  public long[] shape(String name) {
    return inputs.entry(name).shape();
  }

  /** An integer input, row-major. */
  public int[] integers(String name) {
    long[] wide = inputs.integers(name);
    int[] out = new int[wide.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.toIntExact(wide[i]);
    }
    return out;
  }

  /** Names of the reference outputs, sorted. */
  public Set<String> wanted() {
    return new TreeSet<>(outputs.names());
  }

  /** Whether an output is of whole numbers that must agree exactly (tokens, 8-bit pixels). */
  boolean exact(String name) {
    ElementType type = outputs.entry(name).type();
    return type != ElementType.F32
        && type != ElementType.F16
        && type != ElementType.BF16
        && type != ElementType.F64;
  }

  /** A reference output as real numbers. */
  HostArray expected(String name) {
    long[] shape = outputs.entry(name).shape();
    if (!exact(name)) {
      return new HostArray(shape, outputs.floats(name));
    }
    long[] wide = outputs.integers(name);
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = wide[i];
    }
    return new HostArray(shape, values);
  }

  @Override
  public void close() {
    inputs.close();
    outputs.close();
  }
}
