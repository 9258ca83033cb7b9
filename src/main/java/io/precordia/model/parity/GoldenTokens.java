package io.precordia.model.parity;

import io.precordia.nn.TokenRows;

/** Integer inputs of a golden as rows. */
final class GoldenTokens {
  private GoldenTokens() {}

  static TokenRows rows(Golden golden, String name) {
    long[] shape = golden.shape(name);
    return new TokenRows(
        Math.toIntExact(shape[0]), Math.toIntExact(shape[1]), golden.integers(name));
  }

  /** One row of an integer input. */
  static int[] row(Golden golden, String name, int index) {
    TokenRows rows = rows(golden, name);
    return java.util.Arrays.copyOfRange(
        rows.flat(), index * rows.length(), (index + 1) * rows.length());
  }

  /** Tokens in one row of a reference output. */
  static int wantedLength(Golden golden, String name) {
    return Math.toIntExact(golden.outputs().entry(name).shape()[1]);
  }
}
