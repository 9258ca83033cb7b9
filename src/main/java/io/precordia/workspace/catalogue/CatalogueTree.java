package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.store.DicomRow;
import io.precordia.workspace.catalogue.Node.ImageNode;
import io.precordia.workspace.catalogue.Node.SeriesNode;
import io.precordia.workspace.catalogue.Node.StudyNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Every study, those of one subject together. */
  Iterable<StudyNode> studies() {
    return () -> subjects.values().stream().flatMap(s -> s.values().stream()).iterator();
  }

  /** The studies of each subject. */
  Collection<List<StudyNode>> patients() {
    List<List<StudyNode>> out = new ArrayList<>(subjects.size());
    subjects.values().forEach(studies -> out.add(List.copyOf(studies.values())));
    return out;
  }
}
