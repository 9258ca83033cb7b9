package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import io.precordia.study.Lead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AecgReaderTest {
  private static final Path DATA = Path.of("..", "shared", "data", "ecg", "formats");

  static String document(String increment, String leads) {
    return "<?xml version='1.0'?><AnnotatedECG xmlns='urn:hl7-org:v3' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
        + "<id root='1.2.3'/><effectiveTime><center value='20200229120000'/></effectiveTime>"
        + "<trialSubject><id root='9.9' extension='S1'/><subjectDemographicPerson><administrativeGenderCode code='F'/>"
        + "<birthTime value='19500301'/></subjectDemographicPerson></trialSubject>"
        + "<component><series><code code='RHYTHM'/><component><sequenceSet>"
        + "<component><sequence><code code='TIME_ABSOLUTE'/><value xsi:type='GLIST_TS'><head value='20200229120000'/>"
        + increment
        + "</value></sequence></component>"
        + leads
        + "</sequenceSet></component></series></component></AnnotatedECG>";
  }

  static String lead(String code, String origin, String scale, String digits) {
    return "<component><sequence><code code='"
        + code
        + "'/><value xsi:type='SLIST_PQ'>"
        + origin
        + scale
        + "<digits>"
        + digits
        + "</digits></value></sequence></component>";
  }

  private static Recording read(String xml) {
    return AecgReader.read(xml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void originScaleAndUnits() {
    String xml =
        document(
            "<increment value='2' unit='ms'/>",
            lead(
                    "MDC_ECG_LEAD_II",
                    "<origin value='0.1' unit='mV'/>",
                    "<scale value='2.5' unit='uV'/>",
                    " 0 4\n-4 ")
                + lead(
                    "MDC_ECG_LEAD_V1",
                    "<origin value='0' unit='uV'/>",
                    "<scale value='5' unit='uV'/>",
                    "1 2 3"));
    Recording r = read(xml);
    Ecg ecg = EcgAssembler.assemble(r.raw());
    assertEquals(500, ecg.rateHz());
    assertArrayEquals(new float[] {0.1f, 0.11f, 0.09f}, ecg.millivolts()[1], 1e-6f);
    assertArrayEquals(
        new float[] {0.005f, 0.01f, 0.015f}, ecg.millivolts()[Lead.V1.ordinal()], 1e-6f);
    assertFalse(ecg.present()[0]);
    assertEquals("S1^^^9.9", r.identity().subject());
    assertEquals("F", r.identity().sex());
    assertEquals(69, r.identity().ageYears());
    assertEquals(LocalDate.of(2020, 2, 29), r.identity().date());
  }

  @Test
  void rhythmIsPreferredToARepresentativeBeatBeforeIt() {
    String beat =
        "<component><series><code code='REPRESENTATIVE_BEAT'/><component><sequenceSet>"
            + lead("MDC_ECG_LEAD_II", "", "<scale value='1' unit='mV'/>", "9 9")
            + "</sequenceSet></component></series></component>";
    String xml =
        document(
            "<increment value='0.002' unit='s'/>",
            lead("MDC_ECG_LEAD_II", "", "<scale value='1' unit='mV'/>", "1 2"));
    xml = xml.replaceFirst("<component><series>", beat + "<component><series>");
    assertArrayEquals(new double[] {1, 2}, read(xml).raw().channels().get(0).samples());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MALFORMED|<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><AnnotatedECG>&x;</AnnotatedECG>",
        "MALFORMED|<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><AnnotatedECG>&b;</AnnotatedECG>",
        "UNSUPPORTED_FORMAT|<ClinicalDocument/>",
        "EMPTY|<AnnotatedECG/>",
        "MALFORMED|<AnnotatedECG><a></b></AnnotatedECG>                          ",
      })
  void refused(ErrorCode code, String xml) {
    assertEquals(code, assertThrows(PrecordiaException.class, () -> read(xml)).code());
  }

  @Test
  void missingCalibrationIsSaid() {
    String noScale =
        document("<increment value='0.002' unit='s'/>", lead("MDC_ECG_LEAD_II", "", "", "1 2"));
    String noRate =
        document("", lead("MDC_ECG_LEAD_II", "", "<scale value='1' unit='mV'/>", "1 2"));
    String words =
        document(
            "<increment value='0.002' unit='s'/>",
            lead("MDC_ECG_LEAD_II", "", "<scale value='1' unit='mV'/>", "1 two"));
    assertEquals(ErrorCode.MISSING_CALIBRATION, code(noScale));
    assertEquals(ErrorCode.MISSING_CALIBRATION, code(noRate));
    assertEquals(ErrorCode.MALFORMED, code(words));
  }

  @Test
  void deepNestingAndExpansionAreBounded() {
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          assertEquals(ErrorCode.MALFORMED, code("<AnnotatedECG>" + "<a>".repeat(200_000)));
          String laughs =
              "<!DOCTYPE l [<!ENTITY a '"
                  + "x".repeat(1000)
                  + "'>"
                  + "<!ENTITY b '&a;&a;&a;&a;'>]><AnnotatedECG>&b;</AnnotatedECG>";
          assertEquals(ErrorCode.MALFORMED, code(laughs));
        });
  }

  private static ErrorCode code(String xml) {
    return assertThrows(PrecordiaException.class, () -> EcgAssembler.assemble(read(xml).raw()))
        .code();
  }

  @Test
  void publicFilesGetTheRightVerdict() throws IOException {
    assumeTrue(Files.isDirectory(DATA), "needs ../shared/data/ecg/formats");
    int full = 0;
    try (var files = Files.walk(DATA)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
        Decoded d =
            EcgFileDecoder.decode(
                List.of(new NamedBytes(file.getFileName().toString(), Files.readAllBytes(file))));
        assertEquals("aecg", d.format());
        String name = file.getFileName().toString();
        if (name.equals("empty.xml")) {
          assertEquals(ErrorCode.EMPTY, d.flags().get(0).code());
        } else if (name.startsWith("minimum")) {
          assertEquals(ErrorCode.TOO_SHORT, d.flags().get(0).code());
          assertNull(d.content());
          assertNotNull(d.identity().subject());
        } else {
          Ecg ecg = (Ecg) d.content();
          assertNotNull(ecg, name);
          for (int lead = 0; lead < 12; lead++) {
            assertTrue(ecg.present()[lead] && !ecg.derived()[lead], name);
          }
          assertEquals(name.startsWith("hl7aecg") ? 100 : 500, ecg.rateHz());
          if (!name.startsWith("hl7aecg")) { // that one is synthetic and does not obey Einthoven
            einthoven(ecg);
          }
          full++;
        }
      }
    }
    assertEquals(8, full);
  }

  /** I + III = II sample by sample: right scale, right lead. */
  private static void einthoven(Ecg ecg) {
    for (int i = 0; i < ecg.samples(); i++) {
      assertEquals(ecg.millivolts()[1][i], ecg.millivolts()[0][i] + ecg.millivolts()[2][i], 1e-5);
    }
  }
}
