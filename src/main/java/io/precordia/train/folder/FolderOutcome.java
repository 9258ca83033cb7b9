package io.precordia.train.folder;

import io.precordia.train.eval.Figure;
import java.util.List;
import java.util.Map;

/**
 * Result of an evaluation on a folder.
 *
 * @param rows rows of the manifest that were asked for
 * @param embedded rows whose file could be embedded
 * @param failed error code to the number of rows that it hit; they are in no figure
 * @param figures by label, whole and by group, and of retrieval
 */
public record FolderOutcome(
    int rows, int embedded, Map<String, Integer> failed, List<Figure> figures) {
  public FolderOutcome {
    failed = Map.copyOf(failed);
    figures = List.copyOf(figures);
  }
}
