package io.precordia.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.PrecordiaException;
import io.precordia.tensor.djl.DjlOps;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextTokenLossTest {
  /** −Σ target·log p with target (1 − ε)·one-hot + ε/classes, over the labels that count. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.7})
  void smoothedCrossEntropyOfShiftedLabels(double smoothing) {
    int classes = 5;
    Random random = new Random(3);
    float[] logits = new float[2 * 4 * classes];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian();
    }
    int[][] labels = {{4, 0, -100, 2}, {1, 3, 3, -100}};
    double total = 0;
    for (int row = 0; row < 2; row++) {
      for (int t = 0; t < 3; t++) {
        int label = labels[row][t + 1];
        int at = (row * 4 + t) * classes;
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(logits[at + c]);
        }
        for (int c = 0; c < classes && label >= 0; c++) {
          double target = smoothing / classes + (c == label ? 1 - smoothing : 0);
          total -= target * (logits[at + c] - Math.log(sum));
        }
      }
    }
    try (DjlOps ops = DjlOps.cpu()) {
      var x = ops.upload(logits, 2, 4, classes);
      TokenRows rows = TokenRows.of(labels);
      assertEquals(total / 4, ops.download(NextTokenLoss.of(ops, x, rows, smoothing))[0], 1e-5);
      TokenRows outside = TokenRows.of(new int[][] {{0, 1, 2, 5}, {0, 1, 2, 3}});
      assertThrows(PrecordiaException.class, () -> NextTokenLoss.of(ops, x, outside, 0));
      TokenRows shorter = TokenRows.of(new int[][] {{0, 1}, {0, 1}});
      assertThrows(PrecordiaException.class, () -> NextTokenLoss.of(ops, x, shorter, 0));
    }
  }
}
