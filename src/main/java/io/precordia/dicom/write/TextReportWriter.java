package io.precordia.dicom.write;

import io.precordia.study.Report;
import java.io.IOException;
import java.io.OutputStream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Writes a Basic Text SR document (PS3.3 A.35.1) shaped like the Basic Diagnostic Imaging Report,
 * TID 2000: a title, a findings and an impressions section. Stateless and thread-safe.
 */
public final class TextReportWriter {
  private static final String BASIC_TEXT_SR = "1.2.840.10008.5.1.4.1.1.88.11";

  /** One Part 10 file; the stream is flushed and left open. Empty sections are left out. */
  public void write(OutputStream out, ObjectIdentity id, Report report) throws IOException {
    Attributes d = DicomFile.start(id, BASIC_TEXT_SR, "SR");
    d.setString(Tag.SeriesDescription, VR.LO, "Report");
    d.newSequence(Tag.ReferencedPerformedProcedureStepSequence, 0);
    d.newSequence(Tag.PerformedProcedureCodeSequence, 0);
    d.setString(Tag.CompletionFlag, VR.CS, "COMPLETE");
    d.setString(Tag.VerificationFlag, VR.CS, "UNVERIFIED");
    d.setString(Tag.ValueType, VR.CS, "CONTAINER");
    d.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    DicomFile.code(d, Tag.ConceptNameCodeSequence, "18748-4", "LN", "Diagnostic imaging report");
    Attributes language = DicomFile.item(d, Tag.ContentSequence);
    language.setString(Tag.RelationshipType, VR.CS, "HAS CONCEPT MOD");
    language.setString(Tag.ValueType, VR.CS, "CODE");
    DicomFile.code(
        language,
        Tag.ConceptNameCodeSequence,
        "121049",
        "DCM",
        "Language of Content Item and Descendants");
    DicomFile.code(language, Tag.ConceptCodeSequence, "en", "RFC5646", "English");
    section(d, "121070", "Findings", "121071", "Finding", report.findings());
    section(d, "121072", "Impressions", "121073", "Impression", report.impression());
    if (report.findings().isBlank() && report.impression().isBlank()) {
      section(d, "121070", "Findings", "121071", "Finding", report.text());
    }
    DicomFile.write(d, out);
  }

  private static void section(
      Attributes root, String code, String title, String itemCode, String itemTitle, String text) {
    if (text.isBlank()) {
      return;
    }
    Attributes section = DicomFile.item(root, Tag.ContentSequence);
    section.setString(Tag.RelationshipType, VR.CS, "CONTAINS");
    section.setString(Tag.ValueType, VR.CS, "CONTAINER");
    section.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    DicomFile.code(section, Tag.ConceptNameCodeSequence, code, "DCM", title);
    for (String line : text.split("\n")) {
      if (!line.isBlank()) {
        Attributes item = DicomFile.item(section, Tag.ContentSequence);
        item.setString(Tag.RelationshipType, VR.CS, "CONTAINS");
        item.setString(Tag.ValueType, VR.CS, "TEXT");
        DicomFile.code(item, Tag.ConceptNameCodeSequence, itemCode, "DCM", itemTitle);
        item.setString(Tag.TextValue, VR.UT, line.strip());
      }
    }
  }
}
