package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FileTypesTest {
  private static FileType of(String name, String latin1) {
    return FileTypes.of(List.of(new Part(name, latin1.getBytes(StandardCharsets.ISO_8859_1))));
  }

  @Test
  void contentDecides() {
    assertEquals(FileType.REPORT, of("report.txt", "Lungs are clear."));
    assertEquals(FileType.REPORT, of("", "Lungs are clear."));
    assertEquals(FileType.REPORT, of("../../etc/a.TXT", "Lungs are clear."));
    assertEquals(FileType.OTHER, of("README", "Lungs are clear."));
    assertEquals(FileType.OTHER, of("x/readme.txt", "Lungs are clear."));
    assertEquals(FileType.OTHER, of("notes.md", "Lungs are clear."));
    assertEquals(FileType.OTHER, of("tool.py", "import os"));
    assertEquals(FileType.REPORT, of("a.hl7", "MSH|^~\\&|a"));
    assertEquals(FileType.REPORT, of("a.bin", "MSH|^~\\&|a"));
    assertEquals(FileType.REPORT, of("a.xml", "<ClinicalDocument/>"));
    assertEquals(FileType.REPORT, of("a.json", "{\"resourceType\":1}"));
    assertEquals(FileType.ECG, of("a.csv", "a,b"));
    assertEquals(FileType.ECG, of("a.hea", "whatever"));
    assertEquals(FileType.ARCHIVE, of("a.txt", "PK\u0003\u0004zip"));
    assertEquals(FileType.ARCHIVE, of("a.dcm", "\u001f\u008bgzip"));
    assertEquals(FileType.UNKNOWN, of("a.txt", "\u0089PNG\u0000\u0001"));
    assertEquals(FileType.IMAGE, of("a.dcm", "\u00ff\u00d8\u00ff\u00e0"));
    assertEquals(FileType.OTHER, of("a.txt", "%PDF-1.7"));
    assertEquals(FileType.DICOM, of("a", "\u0008\u0000\u0005\u0000CS\n\u0000"));
    assertEquals(FileType.UNKNOWN, of("a", "\u0001\u0000\u0099\u0000"));
  }

  @Test
  void aDicomFileIsKnownByItsMark() {
    assertEquals(FileType.DICOM, of("a.txt", "\0".repeat(128) + "DICM"));
    assertEquals(FileType.EMPTY, of("a.dcm", ""));
  }

  @Property(tries = 500, seed = "20261128")
  void anyBytesHaveAKind(@ForAll @Size(max = 400) byte[] bytes, @ForAll String name) {
    assertNotNull(FileTypes.of(List.of(new Part(name, bytes))));
  }
}
