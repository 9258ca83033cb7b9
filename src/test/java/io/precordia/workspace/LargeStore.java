package io.precordia.workspace;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.net.TestObjects;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.ingest.SubmissionCodec;
import io.precordia.store.CatalogueFill;
import io.precordia.store.InstanceStatus;
import io.precordia.store.NewInstance;
import io.precordia.store.Store;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * A store as the service writes it: studies of two radiographs, one ECG and one report, each
 * instance with a vector, its sealed header and a sealed content; every fifth study is of a patient
 * who has another. Only the pictures are small and the vectors random.
 */
final class LargeStore {
  private static final int BATCH = 400;
  private static final String WORDS =
      "the heart is of normal size no focal consolidation small left pleural effusion with basal"
          + " atelectasis mild cardiomegaly no pneumothorax unchanged position of the central line"
          + " comparison with the prior film shows improvement of pulmonary oedema sinus rhythm";

  private final Random random = new Random(1);
  private final SubmissionCodec codec = new SubmissionCodec();
  private final String model;
  private final int dimension;

  LargeStore(String model, int dimension) {
    this.model = model;
    this.dimension = dimension;
  }

  static String patient(int study) {
    return "P" + (study % 5 == 4 ? study - 1 : study);
  }

  static String study(int study) {
    return "1.2.826.0.1.3680043.8.498.7." + study;
  }

  /** Fills a directory with instances, four to a study. */
  void fill(Path data, int instances) {
    try (Store store = Store.open(data, null)) {
      Map<String, byte[]> contents = new HashMap<>();
      List<NewInstance> batch = new ArrayList<>();
      for (int i = 0; i < instances; i++) {
        NewInstance instance = instance(store, i, contents);
        batch.add(instance);
        if (batch.size() == BATCH || i == instances - 1) {
          List<String> unused = store.keep(batch, contents::get);
          batch.clear();
          contents.clear();
        }
      }
    }
    CatalogueFill.complete(data);
  }

  private NewInstance instance(Store store, int i, Map<String, byte[]> contents) {
    int study = i / 4;
    int kind = i % 4;
    byte[] file = kind == 3 ? report(study) : object(study, kind);
    Identity identity = identity(study, kind);
    Submission submission =
        new Submission(
            List.of(new Part(kind == 3 ? "report.txt" : "object.dcm", file)), Identity.UNKNOWN);
    String id = store.ids().instance(List.of(file), null, null);
    String subject = store.ids().subject(patient(study));
    contents.put(id, codec.encode(submission));
    return new NewInstance(
        id,
        store.ids().study(subject, study(study)),
        subject,
        InstanceStatus.STORED,
        kind == 3 ? Modality.REPORT : kind == 2 ? Modality.ECG : Modality.XRAY,
        kind == 3 ? "text" : "dicom",
        identity,
        kind == 3 ? new String(file, StandardCharsets.UTF_8) : null,
        List.of(),
        List.of(submission.parts().getFirst().name()),
        file.length,
        List.of(vector()),
        model,
        kind == 3 ? null : DicomHeader.of(file).entry());
  }

  private Identity identity(int study, int kind) {
    return new Identity(
        patient(study),
        study(study),
        kind == 3 ? null : study(study) + "." + kind + ".1",
        LocalDate.of(2020, 1, 1).plusDays(study % 1800),
        study % 2 == 0 ? "F" : "M",
        20 + study % 70,
        "Site " + study % 7,
        kind == 3 ? List.of() : List.of(kind == 1 ? "LL" : "PA"));
  }

  private byte[] object(int study, int kind) {
    Attributes d =
        TestObjects.dataset(kind == 2 ? TestObjects.ECG : TestObjects.CR, 4 * study + kind, 1000);
    d.setString(Tag.StudyInstanceUID, VR.UI, study(study));
    d.setString(Tag.SeriesInstanceUID, VR.UI, study(study) + "." + kind);
    d.setString(Tag.SOPInstanceUID, VR.UI, study(study) + "." + kind + ".1");
    d.setString(Tag.PatientID, VR.LO, patient(study));
    d.setString(Tag.PatientName, VR.PN, "Zzyzx" + study % 997 + "^Quillon" + study % 89);
    d.setString(Tag.PatientBirthDate, VR.DA, "19%02d0101".formatted(study % 90 + 10));
    d.setString(Tag.PatientSex, VR.CS, study % 2 == 0 ? "F" : "M");
    d.setString(Tag.StudyDate, VR.DA, "20%02d%02d01".formatted(20 + study % 5, 1 + study % 12));
    d.setString(Tag.StudyTime, VR.TM, "%02d3000".formatted(study % 24));
    d.setString(Tag.AccessionNumber, VR.SH, "A" + study);
    d.setString(Tag.StudyDescription, VR.LO, "Chest and 12-lead ECG");
    d.setInt(Tag.SeriesNumber, VR.IS, kind + 1);
    d.setInt(Tag.InstanceNumber, VR.IS, 1);
    return TestObjects.of(d, TestObjects.EXPLICIT).file();
  }

  private byte[] report(int study) {
    String[] words = WORDS.split(" ");
    StringBuilder text = new StringBuilder("Study " + study + ".");
    for (int i = 0; i < 80; i++) {
      text.append(' ').append(words[random.nextInt(words.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private float[] vector() {
    float[] v = new float[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      v[i] = (float) random.nextGaussian();
      squares += v[i] * v[i];
    }
    for (int i = 0; i < dimension; i++) {
      v[i] /= (float) Math.sqrt(squares);
    }
    return v;
  }
}
