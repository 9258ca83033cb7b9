package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.TestObjects;
import io.precordia.study.PatientDemographics;
import io.precordia.study.PatientId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DCMTK asks for the studies of patients that were merged. */
final class DimseMergeTest {
  @TempDir Path dir;

  private static String find(DimseService service, String model, String level, String... keys)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("findscu", "-v", model, "-aec", "PRECORDIA", "127.0.0.1"));
    command.add("" + service.server.port());
    command.addAll(List.of("-k", "QueryRetrieveLevel=" + level, "-k", "PatientName"));
    for (String key : keys) {
      command.addAll(List.of("-k", key));
    }
    String said = Peers.succeed(command.toArray(String[]::new)).output();
    return said.substring(
        said.indexOf("Find Response") < 0 ? said.length() : said.indexOf("Find Response"));
  }

  private static FileToSend object(int seed, String patient) {
    Attributes d = TestObjects.dataset(TestObjects.CR, seed, 2000);
    d.setString(Tag.PatientID, VR.LO, patient);
    d.setString(Tag.IssuerOfPatientID, VR.LO, "H");
    return TestObjects.of(d, TestObjects.EXPLICIT);
  }

  @Test
  void findscuAndGetscuSeeOnePatient() throws Exception {
    Peers.need("findscu", "dcmtk");
    try (DimseService service = new DimseService(dir.resolve("data"))) {
      FileToSend old = object(0, "OLD");
      service.network.store().send(service.address(), List.of(old, object(4, "NEW")));
      DimseDoorTest.settle(service);
      String merged = service.workspace.records().subjectOf("OLD^^^H");
      service.workspace.merge(
          merged,
          service.workspace.records().subjectOf("NEW^^^H"),
          new PatientDemographics(new PatientId("NEW", "H", "", ""), "Los^Ewa", "19540601", "F"),
          "hl7");
      for (String asked : List.of("PatientID=NEW", "PatientID=OLD")) {
        String studies =
            find(service, "-S", "STUDY", asked, "StudyInstanceUID", "IssuerOfPatientID");
        assertTrue(studies.contains("1.2.3.5.1") && studies.contains("1.2.3.5.2"), studies);
        assertEquals(2, studies.split("LO \\[NEW", -1).length - 1, studies);
        assertFalse(studies.contains("[OLD"), studies);
        assertEquals(2, studies.split("\\[Los\\^Ewa", -1).length - 1, studies);
        String patients = find(service, "-P", "PATIENT", asked, "NumberOfPatientRelatedStudies");
        assertEquals(1, patients.split("PatientID", -1).length - 1, patients);
        assertTrue(patients.contains("IS [2"), patients);
      }
      String foreign =
          find(service, "-S", "STUDY", "PatientID=NEW", "IssuerOfPatientID=X", "StudyInstanceUID");
      assertFalse(foreign.contains("1.2.3.5"), foreign);

      Path got = Files.createDirectory(dir.resolve("got"));
      Peers.succeed(
          "getscu",
          "-S",
          "-aec",
          "PRECORDIA",
          "-B",
          "-od",
          got.toString(),
          "127.0.0.1",
          "" + service.server.port(),
          "-k",
          "QueryRetrieveLevel=STUDY",
          "-k",
          "StudyInstanceUID=1.2.3.5.1");
      try (Stream<Path> files = Files.list(got)) {
        assertArrayEquals(
            dataSet(old.file()), dataSet(Files.readAllBytes(files.findFirst().orElseThrow())));
      }

      service.workspace.unmerge(merged, "rest");
      String studies = find(service, "-S", "STUDY", "PatientID=OLD", "StudyInstanceUID");
      assertTrue(studies.contains("1.2.3.5.1") && !studies.contains("1.2.3.5.2"), studies);
      assertTrue(studies.contains("Zzyzx^Quillon0"), studies);
    }
  }

  private static byte[] dataSet(byte[] file) {
    int length = java.nio.ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(140);
    return java.util.Arrays.copyOfRange(file, 144 + length, file.length);
  }
}
