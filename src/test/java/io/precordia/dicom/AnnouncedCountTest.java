package io.precordia.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.study.Identity;
import io.precordia.train.sim.SimulationWriter;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncedCountTest {
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  @TempDir Path dir;

  private byte[] ecg(String count) throws IOException {
    Path folder = dir.resolve("sim");
    new SimulationWriter(64).writeStudy(folder, 3, 1);
    DicomObject object = DicomObject.parse(Files.readAllBytes(folder.resolve("ecg.dcm")));
    if (count != null) {
      object.data().setString(Tag.NumberOfStudyRelatedInstances, VR.IS, count);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream file = new ImageOutputStream(out, EXPLICIT)) {
      file.writeDataset(object.data().createFileMetaInformation(EXPLICIT), object.data());
      file.finish();
    }
    return out.toByteArray();
  }

  @Test
  void whatAnArchiveSaysIsReadAndNonsenseIsNot() throws IOException {
    assertEquals(OptionalInt.of(7), AnnouncedCount.of(DicomHeader.of(ecg("7")).entry()));
    for (String none : new String[] {null, "0", "-3", "100001"}) {
      assertEquals(OptionalInt.empty(), AnnouncedCount.of(DicomHeader.of(ecg(none)).entry()));
    }
  }

  @Test
  void aStudyThatCameInKnowsHowManyAreExpected() throws IOException {
    try (Workspace w =
        Workspace.open(dir.resolve("data"), TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      String id =
          w.ingest()
              .accept(new Submission(List.of(new Part("ecg.dcm", ecg("4"))), Identity.UNKNOWN));
      String study = w.ingest().await(List.of(id), Duration.ofSeconds(60)).getFirst().study();
      assertEquals(4, w.completions().require(study).expected());
      w.completions().announced(study, 2);
      assertEquals(4, w.completions().require(study).expected());
    }
  }
}
