package io.precordia.train.sim.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.hl7v2.model.v25.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v25.message.ORU_R01;
import ca.uhn.hl7v2.parser.PipeParser;
import io.precordia.train.text.Particulars;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class OruMessageTest {
  @Test
  void anIndependentParserReadsTheReportBack() throws Exception {
    ReportText text =
        new ReportText(
            "A & B | C.",
            "D ^ E ~ F \\ G.",
            "Sinus rhythm.",
            "Normal ECG.",
            Particulars.NONE,
            Particulars.NONE);
    OruMessage message =
        new OruMessage(
            "C1",
            "P1",
            "ISSUER",
            "SIMULATED^PATIENT",
            "19500101",
            "F",
            "ACC1",
            "2.25.1",
            LocalDateTime.of(2024, 2, 3, 4, 5, 6));
    ORU_R01 parsed = (ORU_R01) new PipeParser().parse(message.render(text));
    assertEquals(
        "P1",
        parsed
            .getPATIENT_RESULT()
            .getPATIENT()
            .getPID()
            .getPatientIdentifierList(0)
            .getIDNumber()
            .getValue());
    ORU_R01_ORDER_OBSERVATION order = parsed.getPATIENT_RESULT().getORDER_OBSERVATION();
    assertEquals("20240203040506", order.getOBR().getObservationDateTime().getTime().getValue());
    StringBuilder read = new StringBuilder();
    for (int i = 1; i < order.getOBSERVATIONReps(); i++) {
      read.append(order.getOBSERVATION(i).getOBX().getObservationValue(0).getData()).append('\n');
    }
    assertEquals(
        "FINDINGS:\n" + text.findings() + "\nIMPRESSION:\n" + text.impression() + "\n",
        read.toString());
    assertTrue(order.getOBSERVATIONReps() > 5);
  }
}
