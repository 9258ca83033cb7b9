package io.precordia.train.figures;

import io.precordia.train.eval.Figure;
import java.util.List;

/**
 * One part of an evaluation.
 *
 * @param id what the markers in the document call it
 * @param figures rows of its table, may be empty
 * @param charts plots
 */
public record Section(String id, List<Figure> figures, List<Chart> charts) {
  public Section {
    figures = List.copyOf(figures);
    charts = List.copyOf(charts);
  }
}
