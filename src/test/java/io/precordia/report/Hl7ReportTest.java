package io.precordia.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v25.datatype.FT;
import ca.uhn.hl7v2.model.v25.message.ORU_R01;
import ca.uhn.hl7v2.model.v25.segment.OBX;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import io.precordia.error.ErrorCode;
import io.precordia.study.Decoded;
import io.precordia.study.Identity;
import io.precordia.study.Report;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7ReportTest {
  private static final String ORU =
      String.join(
          "\r",
          "MSH|^~\\&|RIS|CLINIC A|ARCHIVE|X|202403011015||ORU^R01^ORU_R01|77|P|2.5|||||||",
          "PID|1||555^^^OTHER^AN~4711^^^HOSP&1.2.3&ISO^MR||DOE^JANE||19500301|F",
          "ORC|RE|P1|F1",
          "OBR|1|P1|ACC9|71020^Chest X-ray|||20240229093000||||||||||||||20240301100000|||RAD|F",
          "OBX|1|FT|71020&GDT^Chest||Heart size normal.\\.br\\Lungs clear \\T\\ expanded; 5 \\F\\ 6||||||F",
          "OBX|2|TX|71020&IMP^Chest||No acute disease.~No effusion.||||||F",
          "OBX|3|TX|71020&IMP^Chest||WITHDRAWN||||||W",
          "ZDS|1.2.840.99^^Application^DICOM",
          "");

  private static Decoded decode(String text) {
    return ReportFileDecoder.decode("r.hl7", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Report report(String text) {
    Report r = (Report) decode(text).content();
    assertNotNull(r);
    return r;
  }

  @Test
  void narrativeAndIdentity() {
    Decoded d = decode(ORU);
    Report r = (Report) d.content();
    assertNotNull(r);
    assertEquals("Heart size normal.\nLungs clear & expanded; 5 | 6", r.findings());
    assertEquals("No acute disease.\nNo effusion.", r.impression());
    assertEquals("hl7v2", d.format());
    assertEquals(
        new Identity(
            "4711^^^HOSP&1.2.3&ISO",
            "1.2.840.99",
            d.identity().object(),
            LocalDate.of(2024, 2, 29),
            "F",
            73,
            "CLINIC A",
            List.of("RAD")),
        d.identity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"113014^DICOM Study^DCM", "110180^Study Instance UID^DCM"})
  void anObservationNamesTheStudyOfItsImages(String code) {
    String observation = "OBX|4|ST|" + code + "||1.2.840.77||||||F";
    String ours = ORU.replace("ZDS|1.2.840.99^^Application^DICOM", observation);
    assertEquals("1.2.840.77", decode(ours).identity().study());
    assertEquals("ACC9", decode(ours.replace("^DCM", "^LN")).identity().study());
    assertEquals("1.2.840.99", decode(ORU + observation).identity().study(), "ZDS comes first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\n\n"})
  void anySegmentSeparator(String separator) {
    assertEquals(report(ORU), report(ORU.replace("\r", separator)));
  }

  @Test
  void framingAndBatchEnvelopes() {
    assertEquals(report(ORU), report("\u000b" + ORU + "\u001c\r"));
    assertEquals(report(ORU), report("\ufeff" + ORU));
    assertEquals(report(ORU), report("FHS|^~\\&|A\rBHS|^~\\&|A\r" + ORU + "BTS|1\rFTS|1\r"));
    byte[] two = (ORU + ORU.replace("4711", "4712")).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        ErrorCode.UNSUPPORTED_FORMAT, ReportFileDecoder.decode("x", two).flags().get(0).code());
    List<Decoded> all = ReportFileDecoder.decodeAll("x", two);
    assertEquals(
        List.of("4711^^^HOSP&1.2.3&ISO", "4712^^^HOSP&1.2.3&ISO"),
        all.stream().map(d -> d.identity().subject()).toList());
  }

  @Test
  void declaredCharacterSets() {
    String german = ORU.replace("Heart size normal.", "Herzgr\u00f6\u00dfe normal \u20ac.");
    for (String[] names : new String[][] {{"8859/15", "ISO-8859-15"}, {"UNICODE UTF-8", "UTF-8"}}) {
      byte[] bytes =
          german
              .replace("2.5|||||||", "2.5||||||" + names[0] + "|")
              .getBytes(Charset.forName(names[1]));
      Report r = (Report) ReportFileDecoder.decode("x", bytes).content();
      assertNotNull(r);
      assertTrue(
          r.findings().startsWith("Herzgr\u00f6\u00dfe normal \u20ac."), names[0] + r.findings());
    }
    byte[] undeclared = german.getBytes(Charset.forName("windows-1252"));
    Report guessed = (Report) ReportFileDecoder.decode("x", undeclared).content();
    assertNotNull(guessed);
    assertTrue(guessed.findings().contains("\u00f6\u00dfe normal \u20ac"));
    byte[] wrong =
        german
            .replace("2.5|||||||", "2.5||||||UNICODE UTF-8|")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(ErrorCode.BAD_CHARSET, ReportFileDecoder.decode("x", wrong).flags().get(0).code());
    assertEquals(
        ErrorCode.BAD_CHARSET,
        decode(ORU.replace("2.5|||||||", "2.5||||||KLINGON|")).flags().get(0).code());
  }

  @Test
  void laboratoryResultsHoldNoNarrative() {
    String lab =
        ORU.replaceAll("OBX\\|[^\r]*\r", "")
            .replace("ZDS", "OBX|1|NM|718-7^HB^LN||13.5|g/dl\rOBX|2|ST|1^X||negative\rZDS");
    Decoded d = decode(lab);
    assertEquals(ErrorCode.NO_TEXT, d.flags().get(0).code());
    assertNull(d.content());
    assertEquals("4711^^^HOSP&1.2.3&ISO", d.identity().subject());
  }

  @Test
  void aLineBrokenInsideAFieldIsJoined() {
    assertEquals(
        "Heart size\nnormal.\nLungs clear & expanded; 5 | 6",
        report(ORU.replace("Heart size normal", "Heart size\nnormal")).findings());
  }

  @Test
  void ownDelimiters() {
    String odd =
        ORU.replace("\\.br\\", "\n")
            .replace("\\T\\", "+")
            .replace("\\F\\", "/")
            .replace('|', '#')
            .replace('^', '!')
            .replace("MSH#!~", "MSH#!~");
    assertEquals("4711^^^HOSP&1.2.3&ISO", decode(odd).identity().subject());
  }

  /** HAPI, encoding a message with any text in OBX-5, is read back word by word. */
  @Property(tries = 100, seed = "20261128")
  void agreesWithHapi(
      @ForAll @StringLength(min = 1, max = 80) @CharRange(from = ' ', to = '~') String text)
      throws HL7Exception, IOException {
    // HAPI takes these for the start of a character set escape even where a person typed them
    Assume.that(!text.contains("\\M") && !text.contains("\\C"));
    ORU_R01 oru = new ORU_R01();
    oru.getParser().getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
    oru.initQuickstart("ORU", "R01", "P");
    oru.getPATIENT_RESULT()
        .getPATIENT()
        .getPID()
        .getPatientIdentifierList(0)
        .getIDNumber()
        .setValue("a|b^c&d~e\\f");
    OBX obx = oru.getPATIENT_RESULT().getORDER_OBSERVATION().getOBSERVATION().getOBX();
    obx.getValueType().setValue("FT");
    FT ft = new FT(oru);
    ft.setValue("The report says: " + text);
    obx.getObservationValue(0).setData(ft);
    String encoded = new PipeParser().encode(oru);
    ORU_R01 again = (ORU_R01) new PipeParser().parse(encoded);
    String theirs =
        again
            .getPATIENT_RESULT()
            .getORDER_OBSERVATION()
            .getOBSERVATION()
            .getOBX()
            .getObservationValue(0)
            .getData()
            .toString();
    Decoded ours = decode(encoded);
    assertNotNull(ours.content());
    assertEquals(theirs.strip(), ((Report) ours.content()).text());
    assertEquals("a|b^c&d~e\\f", ours.identity().subject());
  }
}
