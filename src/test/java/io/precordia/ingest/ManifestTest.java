package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static Manifest parse(String csv) {
    return Manifest.parse(csv.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void columnsAreFoundByNameInAnyOrder() {
    Manifest manifest =
        parse(
            "\ufeffAge,labels,file,patient,study,date,report,sex,view,colour\r\n56.0,Edema|Effusion,images/a.jpg,P1,S1,2024-05-17 08:00,\"Large, left\",f,PA,red\r\n");
    Manifest.Row row = manifest.rows().getFirst();
    assertEquals(
        new Identity(
            "P1",
            "S1",
            null,
            LocalDate.of(2024, 5, 17),
            "F",
            56,
            null,
            List.of("PA", "Edema", "Effusion")),
        row.identity());
    assertEquals("images/a.jpg", row.file());
    assertEquals("Large, left", row.report());
    assertEquals(2, row.line());
  }

  @Test
  void aFileAndItsReportAreOneStudyEvenIfNoneIsNamed() {
    assertEquals("a.png", parse("file,report\na.png,clear\n").rows().getFirst().identity().study());
    assertNull(parse("file,report\na.png,\n").rows().getFirst().identity().study());
  }

  @Test
  void rowsThatLeaveTheFolderOrMakeNoSenseAreProblemsWithTheirLine() {
    Manifest manifest =
        parse(
            "file,date\n../a.png,\n/etc/passwd,\nC:\\a.png,\nx/../../a.png,\nok.png,yesterday\nok.png,20240517\n./sub/./b.png,\nok.png,\n,\n");
    assertEquals(
        List.of("ok.png", "sub/b.png"), manifest.rows().stream().map(Manifest.Row::file).toList());
    assertEquals(
        List.of(2, 3, 4, 5, 6, 9, 10),
        manifest.problems().stream().map(Manifest.Problem::line).toList());
  }

  @Test
  void whatIsNoManifestIsRefused() {
    for (byte[] bad :
        List.of(
            "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            new byte[] {(byte) 0xff, (byte) 0xc3, 0x28})) {
      assertEquals(
          ErrorCode.INVALID_REQUEST,
          assertThrows(PrecordiaException.class, () -> Manifest.parse(bad)).code());
    }
  }
}
