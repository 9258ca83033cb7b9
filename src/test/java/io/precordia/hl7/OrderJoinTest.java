package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.store.CompletionRow;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import io.precordia.workspace.catalogue.DicomSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Order, film and report of one subject become one study by accession number, in any order of
 * arrival. DicomSamples gives a film of study 1.2.N the accession number AN.
 */
class OrderJoinTest {
  @TempDir Path data;

  private static void film(Door door, String patient, int study, int object) {
    String uid = "1.2." + study;
    door.workspace()
        .catalogue()
        .intake()
        .receive(
            DicomSamples.file(
                DicomSamples.radiograph(patient, uid, uid + ".1", uid + ".1." + object)));
  }

  private static void report(Door door, String patient, String filler) throws IOException {
    accepted(door, Door.oru("R" + filler, patient, filler, "Left pleural effusion is seen."));
  }

  /** An order whose filler number the report has and whose accession number the film has. */
  private static String order(String filler, String accession, String more) {
    return "MSH|^~\\&|RIS|CLINIC|PRECORDIA|AI|20240517101500||ORM^O01|O|P|2.3.1\rPID|||4711\rORC|NW|PL"
        + filler
        + "|"
        + filler
        + "\rOBR|1|PL"
        + filler
        + "|"
        + filler
        + "|CXR^Chest^L||||||||||||||"
        + accession
        + "|RP1|||||CR\r"
        + more;
  }

  private static void accepted(Door door, String message) throws IOException {
    assertTrue(door.answer(message).contains("MSA|AA|"), message);
  }

  private static InstanceRecord one(Door door, Modality modality) throws InterruptedException {
    return door.kept().stream().filter(i -> i.modality() == modality).findFirst().orElseThrow();
  }

  private static void oneStudy(Door door) throws InterruptedException {
    InstanceRecord film = one(door, Modality.XRAY);
    InstanceRecord report = one(door, Modality.REPORT);
    assertEquals(film.study(), report.study());
    StudyRecord study = door.workspace().records().study(film.study());
    assertEquals(2, study.instances().size());
    assertEquals(1, door.workspace().records().studies());
    CompletionRow row = door.workspace().completions().require(film.study());
    assertEquals(2, row.arrivals());
    assertEquals(1, row.evidence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"OFR", "ORF", "FOR", "FRO", "ROF", "RFO"})
  void orderFilmAndReportAreOneStudyWhateverComesFirst(String sequence) throws Exception {
    try (Door door = new Door(data)) {
      for (char next : sequence.toCharArray()) {
        switch (next) {
          case 'O' -> accepted(door, order("F77", "A1", ""));
          case 'F' -> film(door, "4711", 1, 1);
          default -> report(door, "4711", "F77");
        }
        door.kept();
      }
      oneStudy(door);
      assertEquals("F77", one(door, Modality.REPORT).identity().study(), "what it said is kept");
    }
    try (Door door = new Door(data)) {
      oneStudy(door);
    }
  }

  @Test
  void oneNumberIsEnoughWithoutAnOrder() throws Exception {
    try (Door door = new Door(data)) {
      film(door, "4711", 1, 1);
      film(door, "4712", 2, 1);
      report(door, "4711", "A1");
      report(door, "4711", "A2"); // the accession number of another patient's film
      door.kept();
      List<InstanceRecord> kept = door.kept();
      String study = one(door, Modality.XRAY).study();
      assertEquals(2, kept.stream().filter(i -> i.study().equals(study)).count());
      assertEquals(3, kept.stream().map(InstanceRecord::study).distinct().count());
    }
  }

  @Test
  void aReportWaitsUntilItIsClearWhichFilmIsMeant() throws Exception {
    try (Door door = new Door(data)) {
      film(door, "4711", 1, 1);
      door.kept();
      report(door, "4711", "F77");
      accepted(door, order("F77", "A1", ""));
      oneStudy(door);
      accepted(door, order("F77", "A2", "")); // the order is corrected: it was another film
      assertNotEquals(one(door, Modality.XRAY).study(), one(door, Modality.REPORT).study());
      film(door, "4711", 2, 1);
      door.kept();
      String second =
          door.kept().stream()
              .filter(i -> "1.2.2".equals(i.identity().study()))
              .findFirst()
              .orElseThrow()
              .study();
      assertEquals(second, one(door, Modality.REPORT).study());
      // the Study Instance UID of an order goes before its number
      accepted(door, order("F77", "A2", "ZDS|1.2.1^X^Application^DICOM\r"));
      oneStudyOf(door, "1.2.1");
    }
  }

  private static void oneStudyOf(Door door, String uid) throws InterruptedException {
    List<InstanceRecord> kept = door.kept();
    String film =
        kept.stream()
            .filter(i -> uid.equals(i.identity().study()))
            .findFirst()
            .orElseThrow()
            .study();
    assertEquals(film, one(door, Modality.REPORT).study());
  }

  @Test
  void aMergeJoinsAndAnUnmergeParts() throws Exception {
    try (Door door = new Door(data)) {
      film(door, "NEW", 1, 1);
      report(door, "OLD", "A1");
      door.kept();
      String film = one(door, Modality.XRAY).study();
      assertNotEquals(film, one(door, Modality.REPORT).study());
      accepted(door, Door.adt("A40", "M", "NEW", "MRG|OLD\r"));
      assertEquals(film, one(door, Modality.REPORT).study());
      assertEquals(2, door.workspace().records().study(film).instances().size());
      door.workspace().unmerge(one(door, Modality.REPORT).origin(), "rest");
      assertEquals(1, door.workspace().records().study(film).instances().size());
      assertNull(one(door, Modality.REPORT).joined());
    }
  }

  @Test
  void theOrderSaysHowManyInstancesAreExpected() throws Exception {
    ReceptionOptions d = ReceptionOptions.DEFAULT;
    ReceptionOptions options =
        new ReceptionOptions(
            d.application(),
            d.mode(),
            d.applications(),
            d.facilities(),
            d.processingIds(),
            d.issuers(),
            List.of(new ProcedureCount("CXR", "L", 3)));
    try (Door door = new Door(data, options, ListenerOptions.LOOPBACK)) {
      accepted(door, order("F1", "A1", ""));
      accepted(door, order("F2", "A2", "OBX|1|NM|00201208^Number of instances^DCM||2\r"));
      Stream.of(1, 2, 3).forEach(study -> film(door, "4711", study, 1));
      report(door, "4711", "A2");
      door.kept();
      assertEquals(3, expected(door, "1.2.1"));
      assertEquals(2, expected(door, "1.2.2"));
      assertNull(expected(door, "1.2.3"));
      accepted(door, order("F1", "A1", "").replace("ORC|NW", "ORC|CA"));
      assertNull(expected(door, "1.2.1"), "a cancelled order expects nothing");
    }
  }

  private static Integer expected(Door door, String uid) throws InterruptedException {
    String study =
        door.kept().stream()
            .filter(i -> uid.equals(i.identity().study()))
            .findFirst()
            .orElseThrow()
            .study();
    return door.workspace().completions().require(study).expected();
  }

  @Test
  void aFhirReportNamesItsOrderToo() throws Exception {
    try (Door door = new Door(data)) {
      film(door, "4711", 1, 1);
      String json =
          "{\"resourceType\":\"DiagnosticReport\",\"status\":\"final\",\"conclusion\":\"Left pleural effusion.\",\"basedOn\":"
              + "[{\"identifier\":{\"type\":{\"coding\":[{\"code\":\"ACSN\"}]},\"value\":\"A1\"}}]}";
      String id =
          door.workspace()
              .ingest()
              .accept(
                  new Submission(
                      List.of(new Part("report.json", json.getBytes(StandardCharsets.UTF_8))),
                      new Identity("4711", null, null, null, null, null, null, List.of())));
      door.kept();
      assertEquals(
          one(door, Modality.XRAY).study(), door.workspace().records().instance(id).study());
    }
  }

  @Test
  void nothingOfItSurvivesAnErasure() throws Exception {
    try (Door door = new Door(data)) {
      film(door, "4711", 1, 1);
      report(door, "4711", "F77");
      accepted(door, order("F77", "A1", ""));
      oneStudy(door);
      String subject = one(door, Modality.XRAY).subject();
      door.workspace().erase(subject);
      report(door, "4711", "F77");
      film(door, "4711", 1, 1);
      assertNotEquals(one(door, Modality.XRAY).study(), one(door, Modality.REPORT).study());
    }
  }
}
