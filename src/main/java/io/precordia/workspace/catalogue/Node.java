package io.precordia.workspace.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;

/** A study, a series or an object in memory. */
sealed interface Node {
  /** Values of the level's columns. */
  String[] values();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record StudyNode(String subject, String[] values, Map<String, SeriesNode> series)
      implements Node {
    StudyNode(String subject, String[] values) {
      this(subject, values, new LinkedHashMap<>(2));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record SeriesNode(String[] values, Map<String, ImageNode> images) implements Node {
    SeriesNode(String[] values) {
      this(values, new LinkedHashMap<>(2));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ImageNode(String instance, long stored, String[] values) implements Node {}
}
