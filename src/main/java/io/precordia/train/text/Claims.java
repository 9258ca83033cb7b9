package io.precordia.train.text;

import java.util.BitSet;

/**
 * What a text says, as facts. Treat the sets as read-only.
 *
 * @param asserted facts that it says hold
 * @param denied facts that it says, or by its completeness implies, do not hold
 * @param particulars numbers that it states
 */
public record Claims(BitSet asserted, BitSet denied, Particulars particulars) {
  /** A text that states no numbers. */
  public Claims(BitSet asserted, BitSet denied) {
    this(asserted, denied, Particulars.NONE);
  }

  /** A complete description: whatever it does not say is denied. */
  public static Claims complete(Knowledge knowledge) {
    return new Claims(knowledge.present(), knowledge.absent());
  }

  /** The same description with the numbers that it states. */
  public Claims stating(Particulars numbers) {
    return new Claims(asserted, denied, numbers);
  }

  /**
   * Whether the text is known to be false of a study. Only such a pair is a negative in training: a
   * text that is true of, or undecided for, another patient must not be pushed away from it.
   */
  public boolean contradicts(Knowledge knowledge) {
    return asserted.intersects(knowledge.absent())
        || denied.intersects(knowledge.present())
        || particulars.contradicts(knowledge.particulars());
  }

  /** Both texts read together; numbers are those of the first that states any. */
  public Claims and(Claims other) {
    BitSet a = (BitSet) asserted.clone();
    a.or(other.asserted);
    BitSet d = (BitSet) denied.clone();
    d.or(other.denied);
    return new Claims(a, d, particulars == Particulars.NONE ? other.particulars : particulars);
  }
}
