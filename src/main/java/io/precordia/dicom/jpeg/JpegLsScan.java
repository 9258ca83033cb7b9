package io.precordia.dicom.jpeg;

import java.util.Arrays;

/**
 * Decodes the lines of one JPEG-LS scan: one component, or several interleaved by line or by sample
 * (T.87 Annexes A, B). For one thread.
 */
final class JpegLsScan {
  private final EntropyBits bits;
  private final SampleDecoder samples;
  private final Gradients gradients;
  private final boolean bySample;
  private final int width;
  private final JpegLsLine[] lines;
  private final RunLengths[] runs;

  /**
   * @param components how many
   * @param bySample whether they are interleaved by sample
   */
  JpegLsScan(CodingParameters p, EntropyBits bits, int components, boolean bySample, int width) {
    this.bits = bits;
    this.samples = new SampleDecoder(p, bits);
    this.gradients = new Gradients(p);
    this.bySample = bySample;
    this.width = width;
    this.lines = new JpegLsLine[components];
    this.runs = new RunLengths[components];
    for (int i = 0; i < components; i++) {
      lines[i] = new JpegLsLine(width);
      runs[i] = new RunLengths();
    }
  }

  /**
   * Decodes all lines.
   *
   * @param out gets the samples
   * @param starts where in it each component of the scan begins
   * @param interval lines of a restart interval, 0 for none
   */
  void decode(int[] out, int[] starts, int height, int interval) {
    int restarts = 0;
    for (int y = 0; y < height; y++) {
      if (interval > 0 && y > 0 && y % interval == 0) {
        bits.restart(restarts++ & 7);
        initialize();
      }
      for (JpegLsLine line : lines) {
        line.open();
      }
      if (bySample) {
        pixels();
      } else {
        for (int i = 0; i < lines.length; i++) {
          line(lines[i].above(), lines[i].current(), runs[i]);
        }
      }
      for (int i = 0; i < lines.length; i++) {
        lines[i].close(out, starts[i] + y * width);
      }
    }
  }

  private void initialize() {
    samples.initialize();
    for (RunLengths run : runs) {
      run.initialize();
    }
    for (JpegLsLine line : lines) {
      line.initialize();
    }
  }

  private void line(int[] above, int[] current, RunLengths runs) {
    int x = 1;
    while (x <= width) {
      int a = current[x - 1];
      int b = above[x];
      int c = above[x - 1];
      int context = gradients.context(a, b, c, above[x + 1]);
      if (context != 0) {
        current[x++] = samples.regular(context, a, b, c);
        continue;
      }
      int run = runs.read(bits, width + 1 - x);
      Arrays.fill(current, x, x + run, a);
      x += run;
      if (x <= width) {
        current[x] = samples.interruption(a, above[x], runs.order());
        runs.interrupted();
        x++;
      }
    }
  }

  /** One line of all components; they share the runs (B.3). */
  private void pixels() {
    int[] contexts = new int[lines.length];
    int x = 1;
    while (x <= width) {
      boolean flat = true;
      for (int i = 0; i < lines.length; i++) {
        int[] above = lines[i].above();
        contexts[i] =
            gradients.context(lines[i].current()[x - 1], above[x], above[x - 1], above[x + 1]);
        flat &= contexts[i] == 0;
      }
      if (flat) {
        x = runOfPixels(x);
        continue;
      }
      for (int i = 0; i < lines.length; i++) {
        int[] above = lines[i].above();
        int[] current = lines[i].current();
        current[x] = samples.regular(contexts[i], current[x - 1], above[x], above[x - 1]);
      }
      x++;
    }
  }

  private int runOfPixels(int from) {
    int end = from + runs[0].read(bits, width + 1 - from);
    for (JpegLsLine line : lines) {
      Arrays.fill(line.current(), from, end, line.current()[from - 1]);
    }
    if (end > width) {
      return end;
    }
    for (JpegLsLine line : lines) {
      int a = line.current()[end - 1];
      line.current()[end] = samples.interruptionOfPixel(a, line.above()[end], runs[0].order());
    }
    runs[0].interrupted();
    return end + 1;
  }
}
