package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKeys;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.error.ErrorCode;
import io.precordia.ingest.IssuerRules;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.MessageRefusals;
import io.precordia.study.ImagingOrder;
import io.precordia.workspace.catalogue.DicomSamples;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What messages bring about, and how they are acknowledged, over a real socket. */
class ReceptionTest {
  @TempDir Path data;
  private Door door;

  @BeforeEach
  void open() {
    door = new Door(data);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private static String msa(String answer) {
    return answer
        .lines()
        .flatMap(l -> l.lines())
        .filter(l -> l.startsWith("MSA"))
        .findFirst()
        .orElse("none")
        .replaceFirst("^(MSA.[^|]*\\|[^|]*).*", "$1");
  }

  private String acknowledged(String message) throws IOException {
    return msa(door.answer(message).replace('\r', '\n'));
  }

  @Test
  void aReportIsKeptAndItsResendingAddsNothing() throws Exception {
    String oru = Door.oru("C1", "4711^^^H^MR", "A1", "Left pleural effusion is seen.");
    assertEquals("MSA|AA|C1", acknowledged(oru));
    assertEquals("MSA|AA|C1", acknowledged(oru));
    List<InstanceRecord> kept = door.kept();
    assertEquals(1, kept.size());
    assertEquals(InstanceStatus.STORED, kept.getFirst().status());
    assertEquals("4711^^^H", kept.getFirst().identity().subject());
    assertEquals("A1", kept.getFirst().identity().study());
    assertEquals("Left pleural effusion is seen.", kept.getFirst().text());
  }

  @Test
  void theAcknowledgementSpeaksAsTheSenderDoes() throws IOException {
    String answer =
        door.answer(
            Door.oru("C^1~", "1^^^H", "A1", "Left effusion is seen.")
                .replace('|', '#')
                .replace('^', '!'));
    String[] segments = answer.split("\r");
    assertTrue(segments[0].startsWith("MSH#!~\\&#PRECORDIA#AI#RIS#CLINIC#"), segments[0]);
    assertTrue(segments[0].contains("#ACK!R01!ACK#"), segments[0]);
    assertEquals("MSA#AA#C!1~", segments[1]);
  }

  @Test
  void refusalsHaveTheirConditionAndCanBeFound() throws IOException {
    Map<String, List<String>> cases =
        Map.ofEntries(
            Map.entry(adtOf("A29"), List.of("AR", "201")),
            Map.entry(Door.adt("A08", "C", "", ""), List.of("AE", "101")),
            Map.entry(Door.adt("A40", "C", "1^^^H", ""), List.of("AE", "100")),
            Map.entry(Door.adt("A40", "C", "1^^^H", "MRG|\r"), List.of("AE", "101")),
            Map.entry(oru().replace("ORU^R01^ORU_R01", "ORU^R32"), List.of("AR", "201")),
            Map.entry(oru().replace("ORU^R01^ORU_R01", "BAR^P01"), List.of("AR", "200")),
            Map.entry(oru().replace("|P|2.5.1", "|X|2.5.1"), List.of("AR", "202")),
            Map.entry(oru().replace("|P|2.5.1", "|P|3.0"), List.of("AR", "203")),
            Map.entry(oru().replace("|P|2.5.1", "|P|"), List.of("AE", "101")),
            Map.entry(oru().replace("|C|P", "||P"), List.of("AE", "101")),
            Map.entry(oru().replaceAll("PID.*?\r", ""), List.of("AE", "100")),
            Map.entry(oru().replaceAll("OBR.*?\r", ""), List.of("AE", "100")),
            Map.entry(oru().replace("|2.5.1\r", "|2.5.1||||||EBCDIC\r"), List.of("AE", "103")),
            Map.entry("PID|1||4711\r", List.of("AR", "100")),
            Map.entry("MSH", List.of("AR", "100")),
            Map.entry("", List.of("AR", "100")),
            Map.entry(oru().replace("MSH|^~\\&", "MSH|||||"), List.of("AR", "100")),
            Map.entry(oru().replace("MSH|^~\\&", "MSHa^~\\&"), List.of("AR", "100")));
    for (Map.Entry<String, List<String>> entry : cases.entrySet()) {
      String answer = door.answer(entry.getKey());
      String[] segments = answer.split("\r");
      assertTrue(segments.length == 3, () -> answer);
      assertTrue(segments[1].startsWith("MSA|" + entry.getValue().get(0)), () -> answer);
      assertTrue(
          segments[2].contains("|" + entry.getValue().get(1) + "^"),
          () -> answer + " wanted " + entry.getValue());
      assertFalse(answer.contains("DOE"), "patient data in an answer");
    }
    List<MessageRefusals.Refused> refused = door.workspace().refusals().newest(100);
    assertEquals(cases.size(), refused.size());
    assertTrue(
        refused.stream()
            .anyMatch(
                r ->
                    r.kind().equals("BAR^P01")
                        && r.acknowledgement().equals("AR")
                        && r.condition().equals("200")
                        && r.sender().application().equals("RIS")
                        && r.sender().controlId().equals("C")));
    assertEquals(0, door.workspace().records().list(null, 0, 10).items().size());
  }

  private static String oru() {
    return Door.oru("C", "4711^^^H^MR", "A1", "Left effusion is seen.");
  }

  private static String adtOf(String trigger) {
    return Door.adt(trigger, "C", "1^^^H", "");
  }

  @Test
  void errorsOfOldVersionsStandInErr1() throws IOException {
    String answer = door.answer(oru().replace("|2.5.1", "|2.3").replaceAll("PID.*?\r", ""));
    assertTrue(answer.contains("ERR|PID^1^100&Segment sequence error&HL70357"), answer);
  }

  @Test
  void enhancedModeAnswersWhatIsAskedFor() throws IOException {
    String message = oru().replace("|2.5.1\r", "|2.5.1|||AL|NE\r");
    assertEquals("MSA|CA|C", acknowledged(message));
    assertEquals("MSA|CR|C", acknowledged(message.replace("ORU^R01^ORU_R01", "BAR^P01")));
    assertEquals("MSA|CE|C", acknowledged(message.replaceAll("PID.*?\r", "")));
    assertEquals("MSA|AA|C", acknowledged(oru().replace("|2.5.1\r", "|2.5.1|||NE|AL\r")));
    assertEquals(
        "MSA|AE|C",
        acknowledged(oru().replace("|2.5.1\r", "|2.5.1|||NE|ER\r").replaceAll("PID.*?\r", "")));
    try (MllpStream stream = door.connect()) {
      stream.write(oru().replace("|2.5.1\r", "|2.5.1|||AL|AL\r").getBytes(StandardCharsets.UTF_8));
      assertTrue(new String(stream.read(), StandardCharsets.UTF_8).contains("MSA|CA|C"));
      assertTrue(new String(stream.read(), StandardCharsets.UTF_8).contains("MSA|AA|C"));
      // NE, NE: no answer; the next answer on the line is that of the next message
      stream.write(oru().replace("|2.5.1\r", "|2.5.1|||NE|NE\r").getBytes(StandardCharsets.UTF_8));
      stream.write(oru().replace("|C|P", "|D|P").getBytes(StandardCharsets.UTF_8));
      assertTrue(new String(stream.read(), StandardCharsets.UTF_8).contains("MSA|AA|D"));
    }
  }

  @Test
  void mergesReachRecordsAndIndex() throws Exception {
    acknowledged(Door.oru("C1", "OLD^^^H^MR", "A1", "Left effusion is seen."));
    acknowledged(Door.oru("C2", "NEW^^^H^MR", "A2", "Right effusion is seen."));
    assertEquals(
        "MSA|AA|C3",
        acknowledged(Door.adt("A40", "C3", "NEW^^^H^MR~77^^^X^AN", "MRG|OLD^^^H^MR~99^^^X^AN\r")));
    List<InstanceRecord> kept = door.kept();
    assertEquals(1, kept.stream().map(InstanceRecord::subject).distinct().count());
    assertEquals(door.workspace().records().subjectOf("NEW^^^H"), kept.getFirst().subject());
    // a resent merge is accepted, one the other way round is not
    assertEquals(
        "MSA|AA|C4", acknowledged(Door.adt("A47", "C4", "NEW^^^H^MR", "MRG|OLD^^^H^MR\r")));
    assertEquals(
        "MSA|AE|C5", acknowledged(Door.adt("A40", "C5", "OLD^^^H^MR", "MRG|NEW^^^H^MR\r")));
  }

  @Test
  void queriesForDicomObjectsFollowAMerge() throws Exception {
    Attributes d = DicomSamples.radiograph("OLD", "1.4.1", "1.4.1.1", "1.4.1.1.1");
    d.setString(Tag.IssuerOfPatientID, VR.LO, "H");
    door.workspace().catalogue().intake().receive(DicomSamples.file(d));
    door.kept();
    String a40 = Door.adt("A40", "C1", "NEW^^^H^MR", "MRG|OLD^^^H^MR\r");
    assertEquals("MSA|AA|C1", acknowledged(a40));
    DicomQuery query =
        new DicomQuery(QueryLevel.STUDY, List.of(QueryKeys.of("PatientID", "NEW")), false, 0, 9);
    DicomHeader found = door.workspace().catalogue().query(query).matches().getFirst().header();
    assertEquals("1.4.1", found.study());
    assertEquals("NEW", found.text(Tag.PatientID));
    assertEquals("H", found.text(Tag.IssuerOfPatientID));
    assertEquals("DOE^JANE", found.text(Tag.PatientName));
  }

  @Test
  void demographicsAreCorrected() throws Exception {
    acknowledged(Door.oru("C1", "4711^^^H^MR", "A1", "Left effusion is seen."));
    assertEquals(61, door.kept().getFirst().identity().ageYears());
    assertEquals("MSA|AA|C2", acknowledged(Door.adt("A08", "C2", "4711^^^H^MR", "")));
    assertEquals("M", door.kept().getFirst().identity().sex());
    assertEquals(69, door.kept().getFirst().identity().ageYears());
    assertEquals(
        "MSA|AA|C3", acknowledged(Door.adt("A08", "C3", "UNKNOWN^^^H^MR", "")), "nobody here");
  }

  @Test
  void ordersAreContextOfTheStudiesToCome() throws IOException {
    String orm =
        "MSH|^~\\&|RIS|CLINIC|PRECORDIA|AI|20240517101500||ORM^O01|C|P|2.3.1\rPID|||4711^^^H^MR\r"
            + "ORC|NW|P1|F1\rOBR|1|P1|F1|CXR^Chest^L||||||||||||||ACC1|RP1|||||CR\rZDS|1.2.3^X^Application^DICOM\r";
    assertEquals("MSA|AA|C", acknowledged(orm));
    String subject = door.workspace().records().subjectOf("4711^^^H");
    assertEquals(
        List.of(
            new ImagingOrder(
                "P1", "F1", "ACC1", "1.2.3", "RP1", "CXR", "Chest", "L", "CR", "", 0, 1, false)),
        door.workspace().orders().of(subject));
    assertEquals(
        "MSA|AA|C",
        acknowledged(orm.replace("ORC|NW", "ORC|CA")),
        "a cancellation takes its place");
    assertTrue(door.workspace().orders().ofStudy(subject, "1.2.3").orElseThrow().cancelled());
    door.workspace().erase(subject);
    assertEquals(List.of(), door.workspace().orders().of(subject));
  }

  @Test
  void correctionsAndWithdrawalsTakeTheirPlace() throws Exception {
    String first = Door.oru("C1", "4711^^^H^MR", "A1", "Left effusion is seen.");
    String preliminary = first.replace("|RAD|F", "|RAD|P").replace("Left", "Perhaps left");
    String corrected =
        first.replace("|C1|", "|C2|").replace("|RAD|F", "|RAD|C").replace("Left", "Right");
    acknowledged(preliminary);
    door.kept();
    acknowledged(first);
    door.kept();
    acknowledged(corrected);
    assertEquals(
        List.of("Right effusion is seen."),
        door.kept().stream()
            .filter(r -> r.status() == InstanceStatus.STORED)
            .map(InstanceRecord::text)
            .toList());
    assertEquals(
        2,
        door.kept().stream()
            .filter(r -> r.status() == InstanceStatus.FLAGGED)
            .filter(r -> r.flags().getFirst().code() == ErrorCode.SUPERSEDED)
            .count());
    assertEquals(1, door.workspace().index().size());
    acknowledged(preliminary.replace("|C1|", "|C3|").replace("Perhaps", "Late"));
    door.kept();
    assertEquals(1, door.workspace().index().size(), "a late preliminary version changes nothing");
    acknowledged(corrected.replace("|C2|", "|C4|").replace("||||||F\r", "||||||W\r"));
    door.kept();
    assertEquals(0, door.workspace().index().size(), "withdrawn");
  }

  @Test
  void ordersOfSeveralStudiesInOneMessageAreSeveralInstances() throws Exception {
    String second =
        "OBR|2|PL2|A2|71021^CHEST^C4|||20240517100000|||||||||||||||||RAD|F\rOBX|1|FT|&IMP||Heart\\.br\\size \\T\\ shape normal.||||||F\r";
    String message = Door.oru("C1", "4711^^^H^MR", "A1", "Left effusion is seen.") + second;
    assertEquals("MSA|AA|C1", acknowledged(message));
    assertEquals("MSA|AA|C1", acknowledged(message));
    List<InstanceRecord> kept = door.kept();
    assertEquals(
        Set.of("A1", "A2"), Set.copyOf(kept.stream().map(r -> r.identity().study()).toList()));
    assertTrue(
        kept.stream()
            .anyMatch(r -> String.valueOf(r.text()).contains("Heart\nsize & shape normal.")));
  }

  @Test
  void batchesAreSplitAndAnsweredAsABatch() throws Exception {
    String answer =
        door.answer(
            "FHS|^~\\&|RIS\rBHS|^~\\&|RIS\r"
                + Door.oru("C1", "1^^^H", "A1", "Left effusion is seen.")
                + Door.oru("C2", "2^^^H", "A2", "Right effusion is seen.")
                + Door.adt("A29", "C3", "1^^^H", "")
                + "BTS|3\rFTS|1\r");
    assertTrue(answer.startsWith("BHS|^~\\&|"), answer);
    assertTrue(answer.contains("MSA|AA|C1\r"), answer);
    assertTrue(answer.contains("MSA|AA|C2\r"), answer);
    assertTrue(answer.contains("MSA|AR|C3\r"), answer);
    assertTrue(answer.endsWith("BTS|3\r"), answer);
    assertEquals(2, door.kept().size());
  }

  @Test
  void charactersAreReadInTheirDeclaredSet() throws Exception {
    String text = "Kein Erguss, Herz normal groß, Größe üblich.";
    for (List<String> set :
        List.of(
            List.of("8859/1", "ISO-8859-1"),
            List.of("UNICODE UTF-8", "UTF-8"),
            List.of("", "UTF-8"),
            List.of("", "windows-1252"))) {
      String message =
          Door.oru("C" + set.hashCode(), "1^^^H" + set.hashCode(), "A1", text)
              .replace("|2.5.1\r", "|2.5.1||||||" + set.get(0) + "\r");
      try (MllpStream stream = door.connect()) {
        stream.write(message.getBytes(Charset.forName(set.get(1))));
        String answer = new String(stream.read(), StandardCharsets.UTF_8);
        assertTrue(answer.contains("MSA|AA|"), answer);
      }
    }
    assertEquals(4, door.kept().stream().filter(r -> text.equals(r.text())).count());
  }

  @Test
  void issuersOfASourceAreGivenToBareIdentifiers() throws Exception {
    door.close();
    door =
        new Door(
            data.resolve("issuers"),
            new ReceptionOptions(
                "PRECORDIA",
                AckMode.AUTO,
                Set.of("RIS", "ADT"),
                Set.of(),
                Set.of("P"),
                new IssuerRules(
                    List.of(new IssuerRules.Domain("H", List.of("1.2.3"))),
                    Map.of("RIS|CLINIC", "1.2.3"),
                    null),
                List.of()),
            ListenerOptions.LOOPBACK);
    acknowledged(Door.oru("C1", "4711", "A1", "Left effusion is seen."));
    acknowledged(Door.oru("C2", "4711^^^&1.2.3&ISO^MR", "A2", "Right effusion is seen."));
    List<InstanceRecord> kept = door.kept();
    assertEquals(2, kept.size());
    assertEquals(kept.get(0).subject(), kept.get(1).subject());
    assertEquals(
        "MSA|AR|C3",
        acknowledged(Door.oru("C3", "1^^^H", "A3", "A stranger.").replace("|RIS|", "|EVIL|")));
  }
}
