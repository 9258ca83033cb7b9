package io.precordia.workspace;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A small real encoder without weights: words, brightness blocks and lead averages hashed into 32
 * dimensions. Same input, same vector; equal words at two reports give near vectors.
 */
public final class TestEncoder implements Encoder {
  private static final int DIMENSION = 32;
  private final String digest;

  public TestEncoder() {
    this("0".repeat(64));
  }

  /** An encoder with another digest also makes other vectors. */
  public TestEncoder(String digest) {
    this.digest = digest;
  }

  @Override
  public ModelRef ref() {
    return new ModelRef("test", "1", digest, List.of(), "none");
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
    return each(
        images,
        image -> {
          float[] v = new float[DIMENSION];
          for (int i = 0; i < image.values().length; i++) {
            v[(int) ((long) i * DIMENSION / image.values().length)] += image.values()[i] + 1e-3f;
          }
          return v;
        });
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return each(
        windows,
        ecg -> {
          float[] v = new float[DIMENSION];
          for (int lead = 0; lead < 12; lead++) {
            for (int i = 0; i < ecg.samples(); i++) {
              float mv = ecg.millivolts()[lead][i];
              v[(lead + 12 * (i * 2 / ecg.samples())) % DIMENSION] +=
                  Float.isFinite(mv) ? Math.abs(mv) : 0;
            }
          }
          return v;
        });
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return each(
        texts,
        text -> {
          float[] v = new float[DIMENSION];
          for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            v[Math.floorMod(word.hashCode() * 31 + digest.hashCode(), DIMENSION)] += 1;
          }
          return v;
        });
  }

  private static <T> float[][] each(List<T> inputs, Function<T, float[]> encode) {
    return inputs.stream().map(encode).map(TestEncoder::unit).toArray(float[][]::new);
  }

  private static float[] unit(float[] v) {
    double square = 0;
    v[0] += 1e-6f;
    for (float x : v) {
      square += (double) x * x;
    }
    float scale = (float) (1 / Math.sqrt(square));
    for (int i = 0; i < v.length; i++) {
      v[i] *= scale;
    }
    return v;
  }

  @Override
  public void close() {}
}
