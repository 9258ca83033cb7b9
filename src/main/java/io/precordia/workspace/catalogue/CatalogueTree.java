package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.store.DicomRow;
import io.precordia.workspace.catalogue.Node.ImageNode;
import io.precordia.workspace.catalogue.Node.SeriesNode;
import io.precordia.workspace.catalogue.Node.StudyNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Studies, series and objects with the attributes most asked for, in the order they came. Of
 * objects with one SOP Instance UID in a series the one kept first is here. Not thread-safe.
 */
final class CatalogueTree {
  /** By subject and Study Instance UID: a UID used for two patients is two studies. */
  private final Map<String, Map<String, StudyNode>> subjects = new LinkedHashMap<>();

  private final Map<String, String> interned = new HashMap<>();

  void add(DicomRow row) {
    DicomHeader header = DicomHeader.decode(row.header());
    StudyNode study =
        subjects
            .computeIfAbsent(row.subject(), s -> new LinkedHashMap<>(2))
            .computeIfAbsent(
                header.study(),
                uid -> new StudyNode(row.subject(), Columns.STUDY.read(header, interned)));
    SeriesNode series =
        study
            .series()
            .computeIfAbsent(
                header.series(), uid -> new SeriesNode(Columns.SERIES.read(header, interned)));
    ImageNode image =
        new ImageNode(row.instance(), row.stored(), Columns.IMAGE.read(header, interned));
    series
        .images()
        .merge(header.sopInstance(), image, (old, now) -> old.stored() <= now.stored() ? old : now);
  }

  void remove(String subject) {
    subjects.remove(subject);
  }

  /** The subjects that objects came under. */
  Set<String> subjects() {
    return Collections.unmodifiableSet(subjects.keySet());
  }

  /** The studies of a subject; empty if nothing came under it. */
  Collection<StudyNode> studies(String subject) {
    return subjects.getOrDefault(subject, Map.of()).values();
  }

  /** The studies of each subject. */
  Collection<Collection<StudyNode>> patients() {
    List<Collection<StudyNode>> out = new ArrayList<>(subjects.size());
    subjects.values().forEach(studies -> out.add(studies.values()));
    return out;
  }
}
