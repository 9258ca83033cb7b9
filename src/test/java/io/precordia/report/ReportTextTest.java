package io.precordia.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.precordia.error.ErrorCode;
import io.precordia.study.Decoded;
import io.precordia.study.Report;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain text: character sets, sections, cleaning, de-identification. */
class ReportTextTest {
  private static ErrorCode code(byte[] bytes) {
    Decoded d = ReportFileDecoder.decode("r.txt", bytes);
    assertEquals(null, d.content());
    return d.flags().get(0).code();
  }

  private static String text(byte[] bytes) {
    Report r = (Report) ReportFileDecoder.decode("r.txt", bytes).content();
    assertNotNull(r);
    return r.text();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "ISO-8859-1"})
  void withoutAMarkUtf8ThenLatin(String charset) {
    assertEquals(
        "Kein Ergu\u00df, Gr\u00f6\u00dfe normal.",
        text("Kein Ergu\u00df, Gr\u00f6\u00dfe normal.\n".getBytes(Charset.forName(charset))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void byteOrderMarks(String charset) {
    assertEquals(
        "Lungs clear \u2013 \u00e4",
        text("\ufeffLungs clear \u2013 \u00e4".getBytes(Charset.forName(charset))));
  }

  @Test
  void refused() {
    assertEquals(ErrorCode.EMPTY, code(new byte[0]));
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, code(new byte[] {'a', 0, 'b', 0, 'c', 0}));
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, code(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertEquals(
        ErrorCode.UNSUPPORTED_FORMAT, code("%PDF-1.7 text".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        ErrorCode.UNSUPPORTED_FORMAT, code("{\\rtf1 text}".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        ErrorCode.UNSUPPORTED_FORMAT,
        code("<note>text</note>".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        ErrorCode.MALFORMED,
        code(
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><ClinicalDocument>&e;</ClinicalDocument>"
                .getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        ErrorCode.MALFORMED,
        code("{\"resourceType\": \"Diagn".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        ErrorCode.MALFORMED, code("{\"a\":".repeat(50_000).getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        ErrorCode.BAD_CHARSET,
        code(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', (byte) 0xff, 'b', 'c', 'd'}));
    assertEquals(ErrorCode.NO_TEXT, code(" \n\t 12 ".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(ErrorCode.TOO_LARGE, code(new byte[TextDecoding.MAX_BYTES + 1]));
  }

  @Test
  void fhirPresentedForm() {
    String data =
        Base64.getEncoder()
            .encodeToString(
                "FINDINGS: Clear.\nIMPRESSION: Normal.".getBytes(StandardCharsets.UTF_8));
    String json =
        "{\"resourceType\":\"DiagnosticReport\",\"subject\":{\"reference\":\"Patient/7\"},\"effectiveDateTime\":\"2024-02-29\",\"presentedForm\":[{\"contentType\":\"text/plain\",\"data\":\""
            + data
            + "\"}],\"conclusion\":\"Normal.\"}";
    Decoded d = ReportFileDecoder.decode("x.json", json.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        new Report("FINDINGS: Clear.\nIMPRESSION: Normal.", "Clear.", "Normal."), d.content());
    assertEquals("Patient/7", d.identity().subject());
    assertEquals(
        ErrorCode.MALFORMED, code(json.replace(data, "====").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void sections() {
    Report english =
        ReportSections.split(
            "EXAMINATION: Chest PA.\nFINDINGS:\nHeart normal.\n\nNo effusion.\nImpression\nNo acute disease.\nSigned: X");
    assertEquals("Heart normal.\n\nNo effusion.", english.findings());
    assertEquals("No acute disease.", english.impression());
    Report german =
        ReportSections.split(
            "Fragestellung: Pneumonie?\r\nBefund: Kein Infiltrat.\r\nBeurteilung: Unauff\u00e4llig.");
    assertEquals("Kein Infiltrat.", german.findings());
    assertEquals("Unauff\u00e4llig.", german.impression());
    Report line =
        ReportSections.split(
            "HISTORY: cough. FINDINGS: Lungs clear. The findings: stable. IMPRESSION: Normal.");
    assertEquals("Lungs clear. The findings: stable.", line.findings());
    assertEquals("Normal.", line.impression());
    Report none = ReportSections.split("  sinus rhythm, normal findings  ");
    assertEquals(new Report("sinus rhythm, normal findings", "", ""), none);
    assertEquals(
        "A.\nB.", ReportSections.split("Impression: A.\nFindings: x\nImpression: B.").impression());
  }

  @Test
  void cleaning() {
    ReportCleaner cleaner = new ReportCleaner();
    Report r =
        ReportSections.split(
            "INDICATION: cough\nFINDINGS:  Left-sided   effusion ___ unchanged. Discussed with Dr. Miller at 3:15 pm. Ratio 1.5, 12 mm."
                + "\nIMPRESSION: Small effusion. Called at 9 am by phone. Compare 01/02/2020.");
    assertEquals(
        "Left sided effusion unchanged. Ratio 1.5, 12 mm. Small effusion. Compare .",
        cleaner.embeddingText(r));
    assertEquals(
        "Sinusrhythmus. Linkstyp.",
        cleaner.embeddingText(
            ReportSections.split("Sinusrhythmus. Um 14:30 Uhr mitgeteilt. Linkstyp.")));
    assertEquals(
        "sinus rhythm normal ecg",
        cleaner.embeddingText(ReportSections.split("sinus rhythm\nnormal ecg")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Seen by Dr. Anna Meyer-Klein today.|Seen by Dr. [NAME] today.",
        "Prof. Dr. med. Schulz|Prof. Dr. med. [NAME]",
        "Patient: Smith, John\\nLungs|Patient: [NAME]\\nLungs",
        "Mr. O'Neil was|Mr. [NAME] was",
        "Exam 2024-03-01 vs 1.2.2023|Exam [DATE] vs [DATE]",
        "on March 3, 2021 and 12 Januar 2020|on [DATE] and [DATE]",
        "Phone: 030 1234-567|Phone: [PHONE]",
        "call (555) 123-4567|call [PHONE]",
        "MRN: A123456|MRN: [ID]",
        "Accession # 99-123|Accession # [ID]",
        "number 12345678 seen|number [ID] seen",
        "mail a.b@c-d.org|mail [EMAIL]",
        "read by Jane Roe, MD|read by [NAME], MD",
        "Nodule 4.5 x 3.2 cm, T12, 100 bpm, V1.|Nodule 4.5 x 3.2 cm, T12, 100 bpm, V1.",
        "ST elevation in II, III, aVF. QTc 440 ms.|ST elevation in II, III, aVF. QTc 440 ms.",
        "Patient is upright. The patient: stable.|Patient is upright. The patient: stable.",
      })
  void deidentification(String in, String out) {
    assertEquals(out.replace("\\n", "\n"), new Deidentifier().redact(in.replace("\\n", "\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "a ",
        "1",
        "1.",
        "Dr. ",
        "A. ",
        "FINDINGS:",
        "\n \t",
        "a@",
        "1-",
        "+1 ",
        "-",
        "Patient ",
        "[",
        "(5",
        "Mr. A"
      })
  void noTextIsSlow(String unit) {
    String text = unit.repeat(200_000 / unit.length());
    assertTimeout(
        Duration.ofSeconds(30),
        () -> new ReportCleaner().embeddingText(ReportSections.split(text)));
  }
}
