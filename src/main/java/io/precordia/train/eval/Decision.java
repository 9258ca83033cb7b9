package io.precordia.train.eval;

import io.precordia.train.metrics.Abstention;
import java.util.Locale;

/** What a calibrated probability says of a finding. */
public enum Decision {
  PRESENT,
  ABSENT,
  /** Too near one half to say. */
  ABSTAIN;

  static Decision of(Abstention abstention, double probability) {
    return !abstention.answers(probability) ? ABSTAIN : probability >= 0.5 ? PRESENT : ABSENT;
  }

  /** As it is written in an answer. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
