package io.precordia.model;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What encoders hand out: one vector for each row that they computed. */
public final class Embeddings {
  private Embeddings() {}

  /**
   * Cuts a row-major block into its rows.
   *
   * @param values [rows, dimension]
   * @throws PrecordiaException NOT_FINITE if a value is not finite, which the input must have
   *     caused
   */
  public static List<float[]> rows(float[] values, int dimension) {
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw new PrecordiaException(
            ErrorCode.NOT_FINITE, "the model input holds values that are not finite");
      }
    }
    List<float[]> out = new ArrayList<>();
    for (int from = 0; from < values.length; from += dimension) {
      out.add(Arrays.copyOfRange(values, from, from + dimension));
    }
    return out;
  }
}
