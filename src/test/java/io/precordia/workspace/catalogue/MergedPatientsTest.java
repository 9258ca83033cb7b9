package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKey;
import io.precordia.dicom.query.QueryKeys;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryMatch;
import io.precordia.ingest.IngestLimits;
import io.precordia.ingest.IngestOptions;
import io.precordia.ingest.IssuerRules;
import io.precordia.study.PatientDemographics;
import io.precordia.study.PatientId;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries and metadata after merges and unmerges of patients. */
class MergedPatientsTest {
  @TempDir Path data;

  private Workspace open() {
    IssuerRules issuers =
        new IssuerRules(
            List.of(new IssuerRules.Domain("H", List.of("HOSPITAL", "1.2.3"))), Map.of(), null);
    return Workspace.open(
        data,
        TestEncoder::new,
        WorkspaceOptions.DEFAULT.withIngest(
            new IngestOptions(IngestLimits.DEFAULT, 16, 2, Duration.ofSeconds(60), issuers)));
  }

  private static byte[] send(Workspace w, String patient, String issuer, String study, int object) {
    String series = study + ".1";
    Attributes d = DicomSamples.radiograph(patient, study, series, series + "." + object);
    if (!issuer.isEmpty()) {
      d.setString(Tag.IssuerOfPatientID, VR.LO, issuer);
    }
    byte[] file = DicomSamples.file(d);
    w.catalogue().intake().receive(file);
    assertTrue(w.catalogue().find(study, series, series + "." + object).isPresent());
    return file;
  }

  private static List<QueryMatch> find(Workspace w, QueryLevel level, String... pairs) {
    List<QueryKey> keys = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      keys.add(QueryKeys.of(pairs[i], pairs[i + 1]));
    }
    return w.catalogue().query(new DicomQuery(level, keys, false, 0, 100)).matches();
  }

  private static List<String> studies(Workspace w, String... pairs) {
    return find(w, QueryLevel.STUDY, pairs).stream()
        .map(m -> m.header().study() + " " + m.header().text(Tag.PatientID))
        .toList();
  }

  private static PatientDemographics survivor(String id) {
    return new PatientDemographics(new PatientId(id, "H", "", ""), "Łoś^Ewa", "19540601", "F");
  }

  private static void merge(Workspace w, String old, String into) {
    assertTrue(
        w.merge(
            w.records().subjectOf(old + "^^^H"),
            w.records().subjectOf(into + "^^^H"),
            survivor(into),
            "hl7"));
  }

  @Test
  void studiesOfBothAreFoundUnderTheSurvivorAndComeBack() {
    try (Workspace w = open()) {
      byte[] old = send(w, "OLD", "HOSPITAL", "1.4.1", 1);
      send(w, "NEW", "HOSPITAL", "1.4.2", 1);
      send(w, "OLD", "ELSEWHERE", "1.4.3", 1); // the same number of another hospital
      assertEquals(List.of("1.4.1 OLD", "1.4.3 OLD"), studies(w, "PatientID", "OLD"));
      merge(w, "OLD", "NEW");
      List<String> both = List.of("1.4.2 NEW", "1.4.1 NEW");
      assertEquals(both, studies(w, "PatientID", "NEW"));
      assertEquals(both, studies(w, "PatientID", "NEW", "IssuerOfPatientID", "HOSPITAL"));
      assertEquals(both, studies(w, "PatientID", "NEW", "IssuerOfPatientID", "H"));
      assertEquals(List.of(), studies(w, "PatientID", "NEW", "IssuerOfPatientID", "ELSEWHERE"));
      // the old number finds the patient it was subsumed by, and whoever else has that number
      assertEquals(both, studies(w, "PatientID", "OLD", "IssuerOfPatientID", "HOSPITAL"));
      assertEquals(
          List.of("1.4.3 OLD"), studies(w, "PatientID", "OLD", "IssuerOfPatientID", "ELSEWHERE"));
      assertEquals(3, studies(w, "PatientID", "OLD").size());
      assertEquals(both, studies(w, "PatientName", "Łoś*"));
      assertEquals(2, find(w, QueryLevel.PATIENT).size());
      assertEquals(
          2, find(w, QueryLevel.PATIENT, "PatientID", "NEW").getFirst().related().studies());
      assertEquals(2, find(w, QueryLevel.SERIES, "PatientID", "NEW").size());
      assertEquals(2, w.catalogue().ofPatient("OLD^^^HOSPITAL").size());

      CatalogueEntry entry = w.catalogue().find("1.4.1", null, "1.4.1.1.1").orElseThrow();
      assertArrayEquals(old, w.catalogue().file(entry), "the object stays as it came");
      DicomHeader shown = w.catalogue().header(entry);
      assertEquals("NEW", shown.text(Tag.PatientID));
      assertEquals("HOSPITAL", shown.text(Tag.IssuerOfPatientID));
      assertEquals("Łoś^Ewa", shown.text(Tag.PatientName));
      Attributes original = shown.attributes().getNestedDataset(Tag.OriginalAttributesSequence);
      assertEquals(
          "OLD",
          original.getNestedDataset(Tag.ModifiedAttributesSequence).getString(Tag.PatientID));
      assertEquals(
          "OLD",
          shown
              .attributes()
              .getNestedDataset(Tag.OtherPatientIDsSequence)
              .getString(Tag.PatientID));
    }
    try (Workspace w = open()) {
      assertEquals(2, studies(w, "PatientID", "NEW").size(), "after a restart");
      w.unmerge(w.records().subjectOf("OLD^^^H"), "rest");
      assertEquals(List.of("1.4.2 NEW"), studies(w, "PatientID", "NEW"));
      assertEquals(
          List.of("1.4.1 OLD"), studies(w, "PatientID", "OLD", "IssuerOfPatientID", "HOSPITAL"));
      CatalogueEntry entry = w.catalogue().find("1.4.1", null, "1.4.1.1.1").orElseThrow();
      assertEquals("OLD", w.catalogue().header(entry).text(Tag.PatientID));
      assertEquals("Müller^OLD", w.catalogue().header(entry).text(Tag.PatientName));
    }
  }

  @Test
  void aStudyUnderBothNumbersIsOneStudy() {
    try (Workspace w = open()) {
      send(w, "OLD", "H", "1.4.1", 1);
      send(w, "NEW", "H", "1.4.1", 2);
      assertEquals(2, studies(w).size());
      merge(w, "OLD", "NEW");
      List<QueryMatch> found = find(w, QueryLevel.STUDY);
      assertEquals(1, found.size());
      assertEquals(2, found.getFirst().related().instances());
      assertEquals(1, found.getFirst().related().series());
      assertEquals(2, find(w, QueryLevel.IMAGE, "PatientID", "NEW").size());
    }
  }

  @Test
  void theSurvivorMayBeKnownByTheMessageOrByItsObjectsOnly() {
    try (Workspace w = open()) {
      send(w, "OLD", "H", "1.4.1", 1);
      merge(w, "OLD", "NEW"); // nothing of NEW is kept
      assertEquals(List.of("1.4.1 NEW"), studies(w, "PatientID", "NEW"));
      assertEquals(List.of("1.4.1 NEW"), studies(w, "PatientID", "OLD"));
      w.erase(w.records().subjectOf("OLD^^^H"));
      assertEquals(List.of(), studies(w));

      send(w, "A", "H", "1.4.2", 1);
      send(w, "B", "H", "1.4.3", 1);
      w.merge(w.records().subjectOf("A^^^H"), w.records().subjectOf("B^^^H"), "rest");
      assertEquals(List.of("1.4.3 B", "1.4.2 B"), studies(w, "PatientID", "A"));
      w.merge(w.records().subjectOf("B^^^H"), w.records().subjectOf("C^^^H"), "rest");
      // nobody said how C is called: the objects keep their names, but they are one patient
      assertEquals(
          List.of("1.4.3 B", "1.4.2 A"), studies(w, "PatientID", "C", "IssuerOfPatientID", "H"));
      assertEquals(1, find(w, QueryLevel.PATIENT).size());
    }
  }
}
