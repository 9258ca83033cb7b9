package io.precordia.train.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training came to.
 *
 * @param steps steps done
 * @param keptStep step after which the adapter was taken: the one with the least validation loss,
 *     or the last without validation
 * @param loss mean validation loss, null without validation
 * @param figures retrieval of the validation pairs, empty without validation. The same pairs chose
 *     the step, so that they flatter a little
 */
public record AdapterOutcome(
    long steps, long keptStep, @Nullable Loss loss, List<RetrievalFigure> figures) {
  public AdapterOutcome {
    figures = List.copyOf(figures);
  }

  /** Validation loss without and with the adapter. */
  public record Loss(double base, double adapted) {}

  /** Whether validation speaks against the adapter. */
  public boolean noBetter() {
    return loss != null && loss.adapted() >= loss.base();
  }
}
