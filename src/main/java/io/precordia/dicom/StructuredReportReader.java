package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.report.ReportSections;
import io.precordia.study.Report;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;

/** The narrative of a structured report: its TEXT items under their headings (PS3.3 C.17.3). */
final class StructuredReportReader {
  private static final Set<String> REPORTS =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.88.11",
          "1.2.840.10008.5.1.4.1.1.88.22",
          "1.2.840.10008.5.1.4.1.1.88.33",
          "1.2.840.10008.5.1.4.1.1.88.34");

  /** Words that name things in a measurement report; they tell nothing about the patient. */
  private static final Set<String> IDENTIFIERS = Set.of("112039", "121005", "121013", "121008");

  private static final int DEEPEST = 32;
  private static final int FEWEST_WORDS = 3;

  private StructuredReportReader() {}

  static boolean reads(String sopClass) {
    return REPORTS.contains(sopClass);
  }

  /**
   * @throws PrecordiaException NO_TEXT if there is no narrative
   */
  static Report read(DicomObject object) {
    StringBuilder text = new StringBuilder();
    if (walk(object.data(), text, 0) < FEWEST_WORDS) {
      throw new PrecordiaException(
          ErrorCode.NO_TEXT, "the structured report holds no narrative text");
    }
    return ReportSections.split(text.toString());
  }

  /** Appends headings and texts; returns the number of words in texts. */
  private static int walk(Attributes node, StringBuilder text, int depth) {
    Sequence children = node.getSequence(Tag.ContentSequence);
    if (children == null || depth > DEEPEST) {
      return 0;
    }
    int words = 0;
    for (Attributes child : children) {
      Attributes concept = child.getNestedDataset(Tag.ConceptNameCodeSequence);
      String code = concept == null ? "" : DicomObject.text(concept, Tag.CodeValue);
      String heading = concept == null ? "" : DicomObject.text(concept, Tag.CodeMeaning);
      String type = DicomObject.text(child, Tag.ValueType);
      if (type.equals("CONTAINER") && !heading.isEmpty()) {
        text.append(heading).append(":\n");
      } else if (type.equals("TEXT") && !IDENTIFIERS.contains(code)) {
        String value = DicomObject.text(child, Tag.TextValue);
        words += value.isEmpty() ? 0 : value.split("\\s+").length;
        text.append(value).append('\n');
      }
      words += walk(child, text, depth + 1);
    }
    return words;
  }
}
