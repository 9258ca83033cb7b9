package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * An encoder without weights that still has geometry: a text is the sum of its words' random
 * vectors, so texts that share words are near; an image or signal is a random vector of its
 * content. Equal content gives equal vectors.
 */
public final class HashingEncoder implements Encoder {
  /** A text with this word makes the pass fail, as a defect would. */
  public static final String POISON = "poison";

  /** A text with this word makes the pass last eight seconds. */
  public static final String LINGER = "linger";

  private static final int DIMENSION = 64;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ModelRef ref;

  public HashingEncoder() {
    this(new ModelRef("hashing-test", "1", "00".repeat(32), List.of(), "none"));
  }

  public HashingEncoder(ModelRef ref) {
    this.ref = ref;
  }

  @Override
  public ModelRef ref() {
    return ref;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public float temperature() {
    return 0.1f;
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    return images.stream()
        .map(image -> unit(random(Arrays.hashCode(image.values()))))
        .toArray(float[][]::new);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return windows.stream()
        .map(ecg -> unit(random(Arrays.deepHashCode(ecg.millivolts()))))
        .toArray(float[][]::new);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return texts.stream().map(HashingEncoder::text).toArray(float[][]::new);
  }

  private static float[] text(String text) {
    float[] sum = new float[DIMENSION];
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (word.equals(POISON)) {
        throw new PrecordiaException(ErrorCode.NOT_FINITE, "the text makes the encoder fail");
      }
      if (word.equals(LINGER)) {
        linger();
      }
      if (!word.isEmpty()) {
        float[] vector = random(word.hashCode());
        for (int d = 0; d < DIMENSION; d++) {
          sum[d] += vector[d];
        }
      }
    }
    return unit(sum);
  }

  /** Parking may end early, for a permit that the thread's locks have left for example. */
  private static void linger() {
    long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    for (long left = end - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static float[] random(int seed) {
    Random random = new Random(seed);
    float[] vector = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      vector[d] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float v : vector) {
      square += (double) v * v;
    }
    float[] unit = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      unit[d] = square == 0 ? (d == 0 ? 1 : 0) : (float) (vector[d] / Math.sqrt(square));
    }
    return unit;
  }

  public boolean closed() {
    return closed.get();
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
