package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/**
 * Rows of whole numbers, all of one length: token ids or a padding mask. They are checked on the
 * host, because a device answers an id outside its table with a fault or with garbage.
 *
 * @param flat row-major, {@code rows · length} numbers
 */
public record TokenRows(int rows, int length, int[] flat) {
  public TokenRows {
    if (rows < 1 || length < 1 || flat.length != rows * length) {
      throw wrong("a batch of tokens needs at least one row and one token");
    }
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT if there is no token or the rows differ in length
   */
  public static TokenRows of(int[][] rows) {
    int length = rows.length == 0 ? 0 : rows[0].length;
    int[] flat = new int[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != length) {
        throw wrong("rows of tokens differ in length: pad them and give a mask");
      }
      System.arraycopy(rows[i], 0, flat, i * length, length);
    }
    return new TokenRows(rows.length, length, flat);
  }

  /** INT ids [rows, length], each below {@code vocabulary}. */
  public Tensor ids(Ops ops, int vocabulary) {
    for (int id : flat) {
      if (id < 0 || id >= vocabulary) {
        throw wrong("token id " + id + " is outside the vocabulary of " + vocabulary);
      }
    }
    return ops.upload(flat, rows, length);
  }

  /** FLOAT mask [rows, length], 1 for real tokens; every row needs one. */
  public Tensor mask(Ops ops) {
    float[] values = new float[flat.length];
    for (int i = 0; i < rows; i++) {
      int real = 0;
      for (int j = i * length; j < (i + 1) * length; j++) {
        if (flat[j] != 0 && flat[j] != 1) {
          throw wrong("a mask holds 0 and 1 only");
        }
        values[j] = flat[j];
        real += flat[j];
      }
      if (real == 0) {
        throw wrong("row " + i + " of the mask has no real token");
      }
    }
    return ops.upload(values, rows, length);
  }

  private static PrecordiaException wrong(String why) {
    return new PrecordiaException(ErrorCode.INVALID_ARGUMENT, why);
  }
}
