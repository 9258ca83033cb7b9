package io.precordia.train.text;

import java.util.BitSet;

/**
 * What is known of one radiograph or ECG; facts in neither set are unknown. Treat the sets as
 * read-only.
 *
 * @param present facts that hold
 * @param absent facts that do not hold
 * @param particulars numbers that are known
 */
public record Knowledge(BitSet present, BitSet absent, Particulars particulars) {
  /** Facts alone. */
  public Knowledge(BitSet present, BitSet absent) {
    this(present, absent, Particulars.NONE);
  }

  /** Nothing is known. */
  public static Knowledge none() {
    return new Knowledge(new BitSet(), new BitSet());
  }

  /** Whether both state exactly the same. */
  public boolean same(Knowledge other) {
    return present.equals(other.present)
        && absent.equals(other.absent)
        && particulars.equals(other.particulars);
  }
}
