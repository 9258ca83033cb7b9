package io.precordia.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.precordia.study.Decoded;
import io.precordia.study.Report;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Damaged and random reports: a verdict every time, never an exception, never long. */
class ReportFuzzTest {
  private static final String MARKS = "|^~\\&\r\n<>;\"'{}[],:";
  private static final List<String> SEEDS =
      List.of(
          "MSH|^~\\&|A|B|C|D|20240301||ORU^R01|7|P|2.5||||||UNICODE UTF-8|\rPID|1||1^^^A&1&ISO^MR~2||X||19500301|F\rOBR|1|2|3||||20240229\r"
              + "OBX|1|FT|1&GDT^C||Heart \\T\\ lungs \\X0D0A\\ normal\\.br\\today~and||||||F\rNTE|1||note\rZDS|1.2^^A\r",
          "{\"resourceType\":\"DiagnosticReport\",\"subject\":{\"reference\":\"Patient/7\"},\"conclusion\":\"Normal heart\",\"presentedForm\":[{\"contentType\":\"text/plain\",\"data\":\"SGVhcnQ=\"}]}",
          "<?xml version='1.0'?><ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2' extension='d'/><effectiveTime value='20240301'/><recordTarget><patientRole><id root='9' extension='p'/>"
              + "<patient><administrativeGenderCode code='M'/><birthTime value='19500301'/></patient></patientRole></recordTarget>"
              + "<section><title>Findings</title><text><paragraph><caption>Finding</caption><content>Clear.</content></paragraph></text></section></ClinicalDocument>",
          "FINDINGS: Heart normal. Called Dr. Smith at 3:15 pm.\nIMPRESSION: None 01/02/2020.\n");

  @Property(tries = 3000, seed = "20261128")
  void damaged(@ForAll Random random) {
    byte[] out = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
    int edits = 1 + random.nextInt(8);
    for (int i = 0; i < edits && out.length > 0; i++) {
      int at = random.nextInt(out.length);
      switch (random.nextInt(4)) {
        case 0 -> out[at] = (byte) random.nextInt(256);
        case 1 -> out[at] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
        case 2 -> out = Arrays.copyOf(out, Math.max(at, 1));
        default -> {
          int n = Math.min(out.length - at, 1 + random.nextInt(30));
          byte[] doubled = Arrays.copyOf(out, out.length + n);
          System.arraycopy(out, at, doubled, at + n, out.length - at);
          out = doubled;
        }
      }
    }
    check(out);
  }

  @Property(tries = 500, seed = "20261128")
  void random(@ForAll byte[] bytes) {
    check(bytes);
  }

  @Property(tries = 200, seed = "20261128")
  void randomText(@ForAll String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
    check(("MSH" + text).getBytes(StandardCharsets.UTF_8));
  }

  private static void check(byte[] bytes) {
    List<Decoded> verdicts =
        assertTimeout(Duration.ofSeconds(30), () -> ReportFileDecoder.decodeAll("x", bytes));
    assertFalse(verdicts.isEmpty());
    ReportFileDecoder.decode("x", bytes);
    ReportFileDecoder.looksLike(bytes);
    for (Decoded d : verdicts) {
      if (d.content() instanceof Report r) {
        assertFalse(r.text().isBlank());
        new ReportCleaner().embeddingText(r);
      }
    }
  }
}
