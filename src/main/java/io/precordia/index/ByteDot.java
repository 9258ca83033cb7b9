package io.precordia.index;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of 8-bit codes in [-127, 127] with the Vector API. Two products of such codes fit a
 * signed 16-bit lane (2 · 127² = 32,258), so two blocks are multiplied and added in 16 bits before
 * they are widened to 32: half of the widening work.
 */
final class ByteDot {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

  /** Codes per step: dimensions are padded with zeros to a multiple of it. */
  static final int STEP = 2 * SHORTS.length();

  private ByteDot() {}

  /** Smallest multiple of {@link #STEP} that holds {@code dimension}. */
  static int padded(int dimension) {
    return (dimension + STEP - 1) / STEP * STEP;
  }

  /**
   * Σ query[i] · codes[offset + i] over {@code query.length}, which is a multiple of {@link #STEP}
   * (at most 131,072, so that 32 bits hold the sum).
   */
  static int dot(short[] query, byte[] codes, int offset) {
    IntVector even = IntVector.zero(IntVector.SPECIES_256);
    IntVector odd = IntVector.zero(IntVector.SPECIES_256);
    for (int i = 0; i < query.length; i += STEP) {
      ShortVector a =
          (ShortVector)
              ByteVector.fromArray(BYTES, codes, offset + i)
                  .convertShape(VectorOperators.B2S, SHORTS, 0);
      ShortVector b =
          (ShortVector)
              ByteVector.fromArray(BYTES, codes, offset + i + SHORTS.length())
                  .convertShape(VectorOperators.B2S, SHORTS, 0);
      IntVector pairs =
          a.mul(ShortVector.fromArray(SHORTS, query, i))
              .add(b.mul(ShortVector.fromArray(SHORTS, query, i + SHORTS.length())))
              .reinterpretAsInts();
      even = even.add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
      odd = odd.add(pairs.lanewise(VectorOperators.ASHR, 16));
    }
    return even.add(odd).reduceLanes(VectorOperators.ADD);
  }

  /** The same sum without vector instructions: the oracle of the tests. */
  static int scalarDot(short[] query, byte[] codes, int offset) {
    int sum = 0;
    for (int i = 0; i < query.length; i++) {
      sum += query[i] * codes[offset + i];
    }
    return sum;
  }
}
