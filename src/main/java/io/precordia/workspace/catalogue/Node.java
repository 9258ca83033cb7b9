package io.precordia.workspace.catalogue;

import io.precordia.dicom.MergedPatient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A study, a series or an object in memory. */
sealed interface Node {
  /** Values of the level's columns. */
  String[] values();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record StudyNode(
      String subject,
      String[] values,
      Map<String, SeriesNode> series,
      @Nullable MergedPatient merged)
      implements Node {
    StudyNode(String subject, String[] values) {
      this(subject, values, new LinkedHashMap<>(2), null);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record SeriesNode(String[] values, Map<String, ImageNode> images) implements Node {
    SeriesNode(String[] values) {
      this(values, new LinkedHashMap<>(2));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ImageNode(String instance, long stored, String[] values) implements Node {
    /** Of two objects with one SOP Instance UID the one kept first. */
    static ImageNode first(ImageNode one, ImageNode other) {
      return one.stored() <= other.stored() ? one : other;
    }
  }
}
