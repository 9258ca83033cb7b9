package io.precordia.dicom.query;

import java.util.List;

/**
 * Part of the matches.
 *
 * @param remaining how many more there are after these
 */
public record QueryPage(List<QueryMatch> matches, int remaining) {
  public QueryPage {
    matches = List.copyOf(matches);
  }
}
