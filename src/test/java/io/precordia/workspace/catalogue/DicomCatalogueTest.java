package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKey;
import io.precordia.dicom.query.QueryKeys;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryMatch;
import io.precordia.dicom.query.QueryPage;
import io.precordia.error.ErrorCode;
import io.precordia.store.InstanceStatus;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomCatalogueTest {
  @TempDir Path data;

  private Workspace open() {
    return Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT);
  }

  private static List<QueryKey> keys(String... pairs) {
    List<QueryKey> keys = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      keys.add(QueryKeys.of(pairs[i], pairs[i + 1]));
    }
    return keys;
  }

  private static List<QueryMatch> find(Workspace w, QueryLevel level, String... pairs) {
    return w.catalogue().query(new DicomQuery(level, keys(pairs), false, 0, 100)).matches();
  }

  private static List<String> studies(Workspace w, String... pairs) {
    return find(w, QueryLevel.STUDY, pairs).stream().map(m -> m.header().study()).toList();
  }

  private static DicomIntake.Taken send(Workspace w, Attributes d) {
    return w.catalogue().intake().receive(DicomSamples.file(d));
  }

  @Test
  void everyObjectIsFoundByItsUidsWithItsBytesAsTheyCame() {
    byte[] image =
        DicomSamples.file(DicomSamples.radiograph("P1", "1.2.1", "1.2.1.1", "1.2.1.1.1"));
    byte[] other = DicomSamples.file(DicomSamples.pdf("P1", "1.2.1", "1.2.1.2", "1.2.1.2.1"));
    try (Workspace w = open()) {
      w.catalogue().intake().receive(image);
      w.catalogue().intake().receive(other);
      CatalogueEntry found = w.catalogue().find("1.2.1", "1.2.1.1", "1.2.1.1.1").orElseThrow();
      assertArrayEquals(image, w.catalogue().file(found));
      assertEquals(InstanceStatus.STORED, found.status());
      CatalogueEntry flagged = w.catalogue().find("1.2.1", null, "1.2.1.2.1").orElseThrow();
      assertArrayEquals(other, w.catalogue().file(flagged));
      assertEquals(InstanceStatus.FLAGGED, flagged.status());
      assertEquals("00420011", flagged.header().bulk().getFirst().path());
      assertTrue(w.catalogue().find("9.9", null, "1.2.1.1.1").isEmpty());
      assertEquals(2, w.catalogue().ofStudy("1.2.1").size());
      assertTrue(w.catalogue().exists(DicomSamples.CR, "1.2.1.1.1"));
      assertFalse(w.catalogue().exists(DicomSamples.CR, "1.2.1.2.1"));
      assertEquals(2, w.catalogue().ofPatient("P1").size());
    }
    try (Workspace w = open()) {
      assertEquals(List.of("1.2.1"), studies(w, "PatientID", "P1"));
      assertArrayEquals(
          image, w.catalogue().file(w.catalogue().find(null, null, "1.2.1.1.1").orElseThrow()));
    }
  }

  @Test
  void ofConflictingObjectsTheFirstIsFoundAndTheOtherIsMarked() {
    Attributes first = DicomSamples.radiograph("P1", "1.2.1", "1.2.1.1", "1.2.1.1.1");
    Attributes second = DicomSamples.radiograph("P1", "1.2.1", "1.2.1.1", "1.2.1.1.1");
    second.setString(Tag.StudyDescription, VR.LO, "Another");
    try (Workspace w = open()) {
      assertFalse(send(w, first).conflicting());
      DicomIntake.Taken conflict = send(w, second); // the first may still be in the inbox
      assertTrue(conflict.conflicting());
      assertTrue(send(w, first).known());
      assertFalse(send(w, first).conflicting());
      List<CatalogueEntry> both = w.catalogue().withSopInstance("1.2.1.1.1");
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (both.size() < 2) {
        assertTrue(System.nanoTime() < deadline, "the second is not kept");
        both = w.catalogue().withSopInstance("1.2.1.1.1");
      }
      assertFalse(both.get(0).conflicting());
      assertEquals("Chest", both.get(0).header().text(Tag.StudyDescription));
      assertTrue(both.get(1).conflicting());
      assertEquals(
          ErrorCode.CONFLICT,
          w.records().instance(both.get(1).instance()).flags().getFirst().code());
      assertEquals(1, find(w, QueryLevel.IMAGE).size());
      assertTrue(send(w, second).conflicting());
    }
  }

  @Test
  void queriesMatchAtEveryLevel() {
    try (Workspace w = open()) {
      for (int p = 1; p <= 3; p++) {
        for (int s = 1; s <= 2; s++) {
          String study = "1.2." + p + "." + s;
          Attributes cr = DicomSamples.radiograph("P" + p, study, study + ".1", study + ".1.1");
          cr.setString(Tag.StudyDate, VR.DA, "2024051" + p);
          Attributes code = new Attributes();
          code.setString(Tag.CodeValue, VR.SH, "C" + p);
          cr.newSequence(Tag.ProcedureCodeSequence, 1).add(code);
          send(w, cr);
          send(w, DicomSamples.pdf("P" + p, study, study + ".2", study + ".2.1"));
        }
      }
      assertTrue(w.catalogue().find(null, null, "1.2.3.2.2.1").isPresent());
      assertEquals(6, studies(w).size());
      assertEquals(3, find(w, QueryLevel.PATIENT).size());
      assertEquals(12, find(w, QueryLevel.SERIES).size());
      assertEquals(List.of("1.2.2.1", "1.2.2.2"), studies(w, "PatientID", "P2"));
      assertEquals(6, studies(w, "PatientName", "müller*").size());
      assertEquals(2, studies(w, "PatientName", "MÜLLER^p?", "PatientID", "P1").size());
      assertEquals(0, studies(w, "PatientID", "p1").size());
      assertEquals(4, studies(w, "StudyDate", "20240512-").size());
      assertEquals(2, studies(w, "StudyDate", "-20240511").size());
      assertEquals(6, studies(w, "StudyDate", "2024", "StudyTime", "0900-1000").size());
      assertEquals(2, studies(w, "StudyInstanceUID", "1.2.1.1,1.2.3.2").size());
      assertEquals(
          List.of("1.2.3.1", "1.2.3.2"), studies(w, "ProcedureCodeSequence.CodeValue", "C3"));
      assertEquals(6, studies(w, "ModalitiesInStudy", "DOC").size());
      assertEquals(0, studies(w, "ModalitiesInStudy", "CT").size());
      assertEquals(6, find(w, QueryLevel.SERIES, "Modality", "CR").size());
      assertEquals(6, find(w, QueryLevel.IMAGE, "SOPClassUID", DicomSamples.CR).size());
      assertEquals(1, find(w, QueryLevel.IMAGE, "SOPInstanceUID", "1.2.1.1.1.1").size());
      assertEquals(12, find(w, QueryLevel.IMAGE, "InstanceNumber", "07").size());
      assertEquals(
          6,
          w.catalogue()
              .query(new DicomQuery(QueryLevel.STUDY, keys("PatientName", "Mueler"), true, 0, 9))
              .matches()
              .size());
      QueryPage page =
          w.catalogue().query(new DicomQuery(QueryLevel.STUDY, List.of(), false, 2, 3));
      assertEquals(3, page.matches().size());
      assertEquals(1, page.remaining());
      assertEquals(List.of("CR", "DOC"), page.matches().getFirst().related().modalities());
      assertEquals(2, page.matches().getFirst().related().instances());
      String subject = w.records().instance(page.matches().getFirst().instance()).subject();
      w.erase(subject);
      assertEquals(4, studies(w).size());
      assertEquals(8, w.catalogue().count());
    }
  }
}
