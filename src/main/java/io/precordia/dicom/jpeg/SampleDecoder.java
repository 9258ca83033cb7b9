package io.precordia.dicom.jpeg;

import java.util.Arrays;

/**
 * Decodes single samples of a JPEG-LS scan by adaptive contexts (T.87 A.4 to A.7). For one thread.
 */
final class SampleDecoder {
  private static final int REGULAR = 365;

  private final EntropyBits bits;
  private final int near;
  private final int maxval;
  private final int step;
  private final int range;
  private final int errorBits;
  private final int limit;
  private final int reset;

  /** A: sums of error magnitudes; the last two are those of run interruptions. */
  private final int[] magnitudes = new int[REGULAR + 2];

  /** B: bias sums. */
  private final int[] biases = new int[REGULAR];

  /** C: prediction corrections. */
  private final int[] corrections = new int[REGULAR];

  /** N: occurrences, as of A. */
  private final int[] counts = new int[REGULAR + 2];

  /** Nn: negative errors of run interruptions. */
  private final int[] negatives = new int[2];

  SampleDecoder(CodingParameters p, EntropyBits bits) {
    this.bits = bits;
    this.near = p.near();
    this.maxval = p.maxval();
    this.step = p.step();
    this.range = p.range();
    this.errorBits = p.errorBits();
    this.limit = p.limit();
    this.reset = p.reset();
    initialize();
  }

  /** At the start of a scan and of a restart interval (A.2.1). */
  void initialize() {
    Arrays.fill(magnitudes, Math.max(2, (range + 32) >> 6));
    Arrays.fill(biases, 0);
    Arrays.fill(corrections, 0);
    Arrays.fill(counts, 1);
    Arrays.fill(negatives, 0);
  }

  /**
   * A sample in regular mode (A.4, A.5).
   *
   * @param context with sign, of {@link Gradients#context}
   * @param a left
   * @param b above
   * @param c above on the left
   */
  int regular(int context, int a, int b, int c) {
    int q = Math.abs(context);
    int sign = context < 0 ? -1 : 1;
    int predicted = clamped(median(a, b, c) + sign * corrections[q]);
    int n = counts[q];
    int k = order(n, magnitudes[q]);
    int mapped = golomb(k, limit);
    int error = (mapped & 1) == 0 ? mapped >> 1 : -((mapped + 1) >> 1);
    if (k == 0 && near == 0 && 2 * biases[q] <= -n) {
      error = -error - 1; // A.5.2: the other sign is the likelier one here
    }
    update(q, error);
    return reconstructed(predicted + sign * error * step);
  }

  private static int median(int a, int b, int c) {
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    return c >= high ? low : c <= low ? high : a + b - c;
  }

  /** A.6. */
  private void update(int q, int error) {
    int bias = biases[q] + error * step;
    int magnitude = magnitudes[q] + Math.abs(error);
    int n = counts[q];
    if (n == reset) {
      magnitude >>= 1;
      bias >>= 1;
      n >>= 1;
    }
    n++;
    if (bias <= -n) {
      bias = Math.max(bias + n, 1 - n);
      if (corrections[q] > -128) {
        corrections[q]--;
      }
    } else if (bias > 0) {
      bias = Math.min(bias - n, 0);
      if (corrections[q] < 127) {
        corrections[q]++;
      }
    }
    magnitudes[q] = magnitude;
    biases[q] = bias;
    counts[q] = n;
  }

  /**
   * The sample that ends a run (A.7.2).
   *
   * @param a left, the value of the run
   * @param b above
   * @param runOrder J of the run index
   */
  int interruption(int a, int b, int runOrder) {
    return Math.abs(a - b) <= near
        ? reconstructed(a + interruptionError(1, runOrder) * step)
        : interruptionOfPixel(a, b, runOrder);
  }

  /** The same where several components share the run: always of the type 0. */
  int interruptionOfPixel(int a, int b, int runOrder) {
    int error = interruptionError(0, runOrder);
    return reconstructed(b + (a > b ? -error : error) * step);
  }

  private int interruptionError(int type, int runOrder) {
    int q = REGULAR + type;
    int n = counts[q];
    int k = order(n, magnitudes[q] + (type == 1 ? n >> 1 : 0));
    int mapped = golomb(k, limit - runOrder - 1);
    int map = (mapped + type) & 1;
    int magnitude = (mapped + type + map) >> 1;
    boolean negative = (map == 1) == (k != 0 || 2 * negatives[type] >= n);
    if (negative && magnitude > 0) {
      negatives[type]++;
    }
    magnitudes[q] += (mapped + 1 - type) >> 1;
    if (n == reset) {
      magnitudes[q] >>= 1;
      negatives[type] >>= 1;
      n >>= 1;
    }
    counts[q] = n + 1;
    return negative ? -magnitude : magnitude;
  }

  /** Smallest k with N·2^k ≥ A (A.5.1). */
  private static int order(int n, int magnitude) {
    int k = Math.max(0, Integer.numberOfLeadingZeros(n) - Integer.numberOfLeadingZeros(magnitude));
    return (long) n << k < magnitude ? k + 1 : k;
  }

  /** A value in the limited Golomb code (A.5.3). */
  private int golomb(int k, int longest) {
    int zeros = bits.zeros();
    int escape = longest - errorBits - 1;
    int value;
    if (zeros < escape) {
      value = zeros << k | bits.read(k);
    } else if (zeros == escape) {
      value = bits.read(errorBits) + 1;
    } else {
      throw Faults.damaged("a code word of the compressed image is longer than any may be");
    }
    if (value < 0 || value > range) {
      throw Faults.damaged("a prediction error of the compressed image is out of range");
    }
    return value;
  }

  /** A.4.5 and A.5.4: by modulo back into the range of samples. */
  private int reconstructed(int value) {
    int out = value;
    if (out < -near) {
      out += range * step;
    } else if (out > maxval + near) {
      out -= range * step;
    }
    return clamped(out);
  }

  private int clamped(int value) {
    return value < 0 ? 0 : Math.min(value, maxval);
  }
}
