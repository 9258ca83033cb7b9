package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Ecg;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processor time of one 10 s window of 12 leads at 500 Hz on one thread (wall-clock time would
 * count other programs too).
 */
@Tag("bench")
class EcgPreprocessorBench {
  @Test
  void oneWindow() {
    Random random = new Random(1);
    float[][] mv = new float[12][5000];
    for (float[] row : mv) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    boolean[] all = new boolean[12];
    Arrays.fill(all, true);
    Ecg ecg = new Ecg(mv, all, new boolean[12], 500, true);
    EcgPreprocessor preprocessor = new EcgPreprocessor();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] millis = new double[200];
    double sum = 0;
    for (int i = 0; i < millis.length; i++) {
      long from = threads.getCurrentThreadCpuTime();
      sum += preprocessor.prepare(ecg)[0];
      millis[i] = (threads.getCurrentThreadCpuTime() - from) / 1e6;
    }
    double[] warm = Arrays.copyOfRange(millis, 100, 200);
    Arrays.sort(warm);
    System.out.printf(
        "prepare, 10 s x 12 leads at 500 Hz: median %.2f ms, p95 %.2f ms (%.0f)%n",
        warm[50], warm[95], sum);
    assertTrue(warm[50] <= 8, "median " + warm[50] + " ms");
  }
}
