package io.precordia.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.study.Decoded;
import io.precordia.study.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every HL7 v2, FHIR and CDA sample of the public collections gets the verdict of the table
 * ehr-verdicts.csv.
 */
class EhrVerdictsTest {
  private static final Path DATA = Path.of("..", "shared", "data", "ehr");

  private static Map<String, String> table() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    try (InputStream in = EhrVerdictsTest.class.getResourceAsStream("ehr-verdicts.csv")) {
      assertNotNull(in);
      for (String line :
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList()) {
        String[] cells = line.split(",");
        rows.put(cells[0], cells[1] + "," + cells[2]);
      }
    }
    return rows;
  }

  @Test
  void everyFileHasItsVerdict() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "needs ../shared/data/ehr");
    Map<String, String> expected = table();
    Map<String, String> actual = new TreeMap<>();
    try (var files = Files.walk(DATA)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Decoded d =
            ReportFileDecoder.decode(file.getFileName().toString(), Files.readAllBytes(file));
        String verdict = d.content() == null ? d.flags().get(0).code().name() : "REPORT";
        actual.put(DATA.relativize(file).toString().replace('\\', '/'), d.format() + "," + verdict);
      }
    }
    assertEquals(expected, actual);
    assertEquals(91, actual.size());
  }

  @Test
  void otherMessagesSayTheirTypeAndNothingElse() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "needs ../shared/data/ehr");
    Decoded d =
        ReportFileDecoder.decode("x", Files.readAllBytes(DATA.resolve("hl7v2/ADT-A01-01.hl7")));
    assertEquals(
        "an HL7 v2 message of type ADT^A01 holds no report; ORU^R01 and MDM^T02 are read",
        d.flags().get(0).message());
    assertNotNull(d.identity().subject());
  }

  @Test
  void chestImagingReportIsReadFromCda() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "needs ../shared/data/ehr");
    Decoded d =
        ReportFileDecoder.decode(
            "x", Files.readAllBytes(DATA.resolve("ccda/Diagnostic_Imaging_Report.ccda")));
    Report r = (Report) d.content();
    assertNotNull(r);
    assertTrue(
        r.findings().startsWith("The cardiomediastinum is within normal limits."), r.findings());
    assertTrue(r.impression().startsWith("No acute cardiopulmonary process."), r.impression());
    assertTrue(r.text().contains("Suspected lung tumor"));
    assertEquals(List.of("M", 50), List.of(d.identity().sex(), d.identity().ageYears()));
  }
}
