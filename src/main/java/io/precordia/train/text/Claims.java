package io.precordia.train.text;

import java.util.BitSet;

/**
 * What a text says, as facts. Treat the sets as read-only.
 *
 * @param asserted facts that it says hold
 * @param denied facts that it says, or by its completeness implies, do not hold
 */
public record Claims(BitSet asserted, BitSet denied) {
  /** A complete description: whatever it does not say is denied. */
  public static Claims complete(Knowledge knowledge) {
    return new Claims(knowledge.present(), knowledge.absent());
  }

  /**
   * Whether the text is known to be false of a study. Only such a pair is a negative in training: a
   * text that is true of, or undecided for, another patient must not be pushed away from it.
   */
  public boolean contradicts(Knowledge knowledge) {
    return asserted.intersects(knowledge.absent()) || denied.intersects(knowledge.present());
  }

  /** Both texts read together. */
  public Claims and(Claims other) {
    BitSet a = (BitSet) asserted.clone();
    a.or(other.asserted);
    BitSet d = (BitSet) denied.clone();
    d.or(other.denied);
    return new Claims(a, d);
  }
}
