package io.precordia.dicom.deid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomObject;
import io.precordia.dicom.StoredObject;
import io.precordia.dicom.result.DicomPeers;
import io.precordia.dicom.result.ResultSources;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals of docs/deidentification.md on a small set, and single rules. */
final class DicomDeidentifierTest {
  private static final SubjectSecret SECRET = secret("0123456789abcdef");

  @TempDir Path dir;

  private static SubjectSecret secret(String text) {
    return new SubjectSecret(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSmallSetMeetsTheGoals() throws Exception {
    PhiScore score = new PhiScore(SECRET);
    SyntheticPhi set = new SyntheticPhi(11, 3);
    for (int i = 0; i < 32; i++) {
      score.add(set.make(i));
    }
    String faults = String.join("\n", score.faults);
    assertTrue(score.accuracy() >= 0.999, faults);
    assertEquals(0, score.left, faults);
    assertTrue(score.recall() >= 0.9, faults); // few cases: one more or less is 5 %
    assertTrue(score.meanLung() <= 0.02, faults);
    assertTrue(
        score.refused > 0 && score.burned >= 8, "the set is not what it should be: " + score);
  }

  @Test
  void theSameObjectGivesTheSameFileAndAnotherSecretAnotherOne() {
    byte[] file = new SyntheticPhi(3, 1).make(3).file;
    DicomDeidentifier one = new DicomDeidentifier(DeidentificationProfile.research(), SECRET);
    assertArrayEquals(one.deidentify(file, "s").file(), one.deidentify(file, "s").file());
    DicomDeidentifier other =
        new DicomDeidentifier(DeidentificationProfile.research(), secret("fedcba9876543210"));
    assertNotEquals(
        one.deidentify(file, "s").sopInstanceUid(), other.deidentify(file, "s").sopInstanceUid());
  }

  @Test
  void whatComesOutStaysTheSameWhenItGoesInAgainExceptItsUids() {
    byte[] file = new SyntheticPhi(3, 1).make(3).file;
    DicomDeidentifier research = new DicomDeidentifier(DeidentificationProfile.research(), SECRET);
    Attributes once = DicomObject.parse(research.deidentify(file, "s").file()).data();
    Attributes twice =
        DicomObject.parse(research.deidentify(research.deidentify(file, "s").file(), "s").file())
            .data();
    assertEquals(
        once.getSequence(Tag.DeidentificationMethodCodeSequence).size(),
        twice.getSequence(Tag.DeidentificationMethodCodeSequence).size());
    assertEquals("MODIFIED", once.getString(Tag.LongitudinalTemporalInformationModified));
    assertNull(once.getString(Tag.IssuerOfPatientID));
  }

  @Test
  void whatCannotBeCleanedIsRefused() {
    SyntheticPhi set = new SyntheticPhi(3, 1);
    PhiCase pdf = set.make(15);
    assertEquals("PDF", pdf.kind);
    assertEquals(
        ErrorCode.NOT_DEIDENTIFIABLE,
        assertThrows(
                PrecordiaException.class,
                () -> new DicomDeidentifier(SyntheticPhi.RETAIN, SECRET).deidentify(pdf.file, null))
            .code());
    PhiCase report = set.make(4);
    assertThrows(
        PrecordiaException.class,
        () ->
            new DicomDeidentifier(DeidentificationProfile.of(), SECRET)
                .deidentify(report.file, null));
    PhiCase screen = set.make(6);
    assertThrows(
        PrecordiaException.class,
        () ->
            new DicomDeidentifier(DeidentificationProfile.of(), SECRET)
                .deidentify(screen.file, null));
  }

  /** Text burned into films that DCMTK compresses goes as it does from the plain ones. */
  @Test
  void textInCompressedFilmsIsBlankedAlike() throws Exception {
    SyntheticPhi set = new SyntheticPhi(11, 3);
    DicomDeidentifier basic = new DicomDeidentifier(SyntheticPhi.BASIC, SECRET);
    int changed = 0;
    for (int i = 0; i < 32 && changed < 3; i++) {
      PhiCase one = set.make(i);
      if (one.lines.isEmpty() || !(one.kind.equals("CR") || one.kind.equals("DX"))) {
        continue;
      }
      byte[] plain = pixels(basic.deidentify(one.file, "s").file());
      Path in = Files.write(dir.resolve("film.dcm"), one.file);
      Path out = dir.resolve("film-jls.dcm");
      DicomPeers.succeed("dcmcjpls", in.toString(), out.toString());
      byte[] compressed = Files.readAllBytes(out);
      assertEquals("1.2.840.10008.1.2.4.80", DicomObject.parse(compressed).transferSyntax());
      byte[] result = pixels(basic.deidentify(compressed, "s").file());
      assertArrayEquals(plain, result, one.kind + i);
      changed += java.util.Arrays.equals(pixels(one.file), result) ? 0 : 1;
    }
    assertEquals(3, changed, "films with text");
  }

  private static byte[] pixels(byte[] file) {
    return StoredObject.parse(file).decoded(1);
  }

  @Test
  void otherProgramsReadWhatComesOut() throws Exception {
    SyntheticPhi set = new SyntheticPhi(3, 1);
    DicomDeidentifier research = new DicomDeidentifier(DeidentificationProfile.research(), SECRET);
    for (Map.Entry<String, byte[]> valid : ResultSources.simulated(dir).entrySet()) {
      Path before = Files.write(dir.resolve("before.dcm"), valid.getValue());
      assertEquals(List.of(), DicomPeers.dciodvfy(before));
      Path after =
          Files.write(dir.resolve("after.dcm"), research.deidentify(valid.getValue(), "s").file());
      assertEquals(List.of(), DicomPeers.dciodvfy(after), valid.getKey());
      if (valid.getKey().startsWith("xray")) {
        String info = DicomPeers.succeed("gdcminfo", after.toString());
        assertTrue(info.contains("Dimensions: (128,128,1)"), info);
        assertEquals(DicomPeers.succeed("gdcminfo", before.toString()), info);
      }
    }
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < 16; i++) {
      PhiCase one = set.make(i);
      if (!one.kind.equals("PDF") && kinds.add(one.kind)) {
        Path file = dir.resolve(one.kind + ".dcm");
        try {
          Files.write(file, research.deidentify(one.file, "s").file());
        } catch (PrecordiaException e) {
          assertEquals(ErrorCode.NOT_DEIDENTIFIABLE, e.code());
          continue;
        }
        String dump = DicomPeers.succeed("gdcmdump", file.toString());
        assertTrue(dump.contains("De-identification Method"), dump);
      }
    }
    assertTrue(kinds.size() > 5, kinds.toString());
  }

  @Test
  void datesMoveByWholeDaysWithTheirZoneAndPrecision() {
    DateShift shift = new DateShift(-366);
    assertEquals("20230301", shift.date("20240301"));
    assertEquals("20230301", shift.date("2024.03.01"));
    assertEquals("20230301101112.5+0100", shift.dateTime("20240301101112.5+0100"));
    assertEquals("2022", shift.dateTime("2024"));
    assertNull(shift.date("20241301"));
    assertNull(shift.dateTime("yesterday"));
    int days = SECRET.shiftDays("subject");
    assertTrue(days < 0 && days >= -SubjectSecret.MOST_DAYS);
    assertEquals(days, SECRET.shiftDays("subject"));
  }

  @Test
  void theTableHoldsWhatTheStandardLists() {
    AttributeTable table = AttributeTable.load();
    assertTrue(table.size() >= 500);
    assertEquals("Z", table.of(Tag.PatientName).basic());
    assertEquals(
        Action.KEEP,
        table.of(Tag.PatientSex).options().get(ProfileOption.RETAIN_PATIENT_CHARACTERISTICS));
    assertEquals("X/Z/D", table.of(Tag.InstitutionName).basic());
    assertEquals("X", table.of(0x60023000).basic());
    assertEquals("X", table.of(0x50140020).basic());
    assertEquals("X", table.of(0x00291001).basic());
    assertNull(table.of(Tag.Rows));
  }
}
