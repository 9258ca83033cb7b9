package io.precordia.model.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionGridTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resizingToItsOwnSizeIsTheIdentity(boolean antialiased) {
    float[] values = new float[17 * 3];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    try (DjlOps ops = DjlOps.cpu()) {
      Tensor table = ops.upload(values, 1, 17, 3);
      Tensor same = new PositionGrid(4, antialiased).resized(ops, table, 4, 4);
      assertArrayEquals(values, ops.download(same), 1e-6f);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRampIsResizedByTheRightCubicAndRowsStayRows(boolean antialiased) {
    float[] values = new float[1 + 64];
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        values[1 + row * 8 + column] = row;
      }
    }
    try (DjlOps ops = DjlOps.cpu()) {
      Tensor table = ops.upload(values, 1, 65, 1);
      float[] out = ops.download(new PositionGrid(8, antialiased).fit(ops, table, 16, 5));
      assertEquals(1 + 16 * 5, out.length);
      // Twice as many rows: centres lie at t = 3/4 and 1/4. Keys' cubic keeps a line for a = −0.5
      // and misses it by 2(a + 0.5)·t(1 − t)(2t − 1) otherwise, 3/64 for a = −0.75.
      double miss = antialiased ? 0 : 3 / 64.0;
      for (int row = 4; row < 12; row++) {
        for (int column = 0; column < 5; column++) {
          double line = (row + 0.5) / 2 - 0.5;
          assertEquals(line + (row % 2 == 0 ? -miss : miss), out[1 + row * 5 + column], 1e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 20})
  void weightsOfEveryOutputAddUpToOne(int out) {
    for (float[] weights :
        new float[][] {BicubicWeights.plain(7, out), BicubicWeights.antialiased(7, out)}) {
      for (int i = 0; i < out; i++) {
        float sum = 0;
        for (int j = 0; j < 7; j++) {
          sum += weights[i * 7 + j];
        }
        assertEquals(1, sum, 1e-5);
      }
    }
  }
}
