package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.store.DicomRow;
import io.precordia.workspace.catalogue.Node.ImageNode;
import io.precordia.workspace.catalogue.Node.SeriesNode;
import io.precordia.workspace.catalogue.Node.StudyNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The studies of one subject with the attributes most asked for, in the order they came. Of objects
 * with one SOP Instance UID in a series the one kept first is here. Not changed once made.
 *
 * @param objects how many rows it was made of
 */
record PatientTree(List<StudyNode> studies, int objects) {
  /**
   * @param rows of one subject, in the order they came
   */
  static PatientTree of(List<DicomRow> rows, SharedValues values) {
    Map<String, StudyNode> studies = new LinkedHashMap<>(2);
    rows.forEach(row -> add(studies, row, values));
    return new PatientTree(List.copyOf(studies.values()), rows.size());
  }

  private static void add(Map<String, StudyNode> studies, DicomRow row, SharedValues values) {
    DicomHeader header = DicomHeader.decode(row.header());
    StudyNode study =
        studies.computeIfAbsent(
            header.study(),
            uid -> new StudyNode(row.subject(), Columns.STUDY.read(header, values)));
    SeriesNode series =
        study
            .series()
            .computeIfAbsent(
                header.series(), uid -> new SeriesNode(Columns.SERIES.read(header, values)));
    ImageNode image =
        new ImageNode(row.instance(), row.stored(), Columns.IMAGE.read(header, values));
    series.images().merge(header.sopInstance(), image, ImageNode::first);
  }
}
