package io.precordia.model;

import io.precordia.nn.ParameterFile;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Random;

/** Small models with weights that make every parameter matter, and their folders. */
public final class TinyModels {
  private TinyModels() {}

  /** Folder of a golden beside the checkout, which need not exist. */
  public static Path golden(String name) {
    return Path.of(System.getProperty("precordia.shared", "../shared"), "goldens", name);
  }

  /** Random gains about 1, biases about 0, matrices scaled by their input width. */
  public static ParameterSet weights(Collection<ParameterSpec> specs, long seed) {
    Random random = new Random(seed);
    ParameterSet set = new ParameterSet();
    for (ParameterSpec spec : specs) {
      float[] values = new float[spec.count()];
      long width = spec.shape().length == 0 ? 1 : spec.shape()[spec.shape().length - 1];
      for (int i = 0; i < values.length; i++) {
        double draw = random.nextGaussian();
        values[i] =
            (float)
                switch (spec.role()) {
                  case GAIN -> 1 + 0.2 * draw;
                  case BIAS -> 0.2 * draw;
                  case EMBEDDING -> 0.5 * draw;
                  default -> draw / Math.sqrt(width);
                };
      }
      set.put(spec, values);
    }
    return set;
  }

  /** Writes {@code config.json} and, unless null, {@code model.safetensors}. */
  public static Path write(Path folder, String config, ParameterSet weights) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ParameterFile.save(
        weights, folder.resolve("model.safetensors"), ElementType.F32, Map.of("format", "pt"));
    return folder;
  }

  /** ‖a − b‖/‖b‖. */
  public static double relativeError(float[] a, float[] b) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double error = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      error += Math.pow((double) a[i] - b[i], 2);
      norm += Math.pow(b[i], 2);
    }
    return Math.sqrt(error / norm);
  }
}
