package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKeys;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.error.ErrorCode;
import io.precordia.store.CatalogueFill;
import io.precordia.store.InstanceStatus;
import io.precordia.store.NewInstance;
import io.precordia.store.Store;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.ObjectHeader;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue at 100,000 objects in 50,000 studies: {@code ./mvnw test -Pbench
 * -Dtest=CatalogueBench}. Objects are rows without content, all flagged: what the catalogue costs,
 * not what the vector index does.
 */
@Tag("bench")
class CatalogueBench {
  private static final int OBJECTS = Integer.getInteger("bench.objects", 100_000);
  private static final int BATCH = 1000;
  @TempDir Path data;

  @Test
  void restartAndQueries() {
    try (Store store = Store.open(data, null)) {
      for (int from = 0; from < OBJECTS; from += BATCH) {
        List<NewInstance> batch = new ArrayList<>();
        for (int i = from; i < Math.min(OBJECTS, from + BATCH); i++) {
          batch.add(instance(store, i));
        }
        CatalogueFill.insert(store, batch);
      }
    }
    long begun = System.nanoTime();
    try (Workspace w = Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      long open = millis(begun);
      long first = time(() -> query(w, QueryLevel.STUDY, 100));
      report("restart to open", open);
      report("first study list after it, the catalogue being read", first);
      report("study list", time(() -> query(w, QueryLevel.STUDY, 100)));
      report(
          "studies by name", time(() -> query(w, QueryLevel.STUDY, 100, "PatientName", "m*^*7")));
      report(
          "studies by date range",
          time(() -> query(w, QueryLevel.STUDY, 1000, "StudyDate", "20240101-20240131")));
      report("series by modality", time(() -> query(w, QueryLevel.SERIES, 1000, "Modality", "CR")));
      report(
          "one study by UID",
          time(() -> query(w, QueryLevel.STUDY, 10, "StudyInstanceUID", "1.2.7")));
      report(
          "lookup by SOP Instance UID",
          time(() -> assertTrue(w.catalogue().find(null, null, "1.2.7.1.14").isPresent())));
      assertTrue(open < Duration.ofSeconds(10).toMillis(), "restart took " + open + " ms");
    }
  }

  private static void query(Workspace w, QueryLevel level, int limit, String... key) {
    var keys =
        key.length == 0
            ? List.<io.precordia.dicom.query.QueryKey>of()
            : List.of(QueryKeys.of(key[0], key[1]));
    assertTrue(
        !w.catalogue().query(new DicomQuery(level, keys, false, 0, limit)).matches().isEmpty());
  }

  private static NewInstance instance(Store store, int i) {
    int study = i / 2;
    var d =
        DicomSamples.radiograph(
            "P" + study / 3, "1.2." + study, "1.2." + study + ".1", "1.2." + study + ".1." + i);
    d.setString(
        org.aoju.bus.image.Tag.StudyDate,
        org.aoju.bus.image.galaxy.data.VR.DA,
        "2024%02d%02d".formatted(1 + study % 12, 1 + study % 28));
    ObjectHeader header = DicomHeader.of(DicomSamples.file(d)).entry();
    String subject = store.ids().subject("P" + study / 3);
    return new NewInstance(
        store.ids().object("instance " + i),
        store.ids().study(subject, "1.2." + study),
        subject,
        InstanceStatus.FLAGGED,
        null,
        "dicom",
        new Identity(
            "P" + study / 3,
            "1.2." + study,
            "1.2." + study + ".1." + i,
            null,
            null,
            null,
            null,
            List.of()),
        null,
        List.of(new Flag(ErrorCode.UNSUPPORTED_MODALITY, "for the bench")),
        List.of("object.dcm"),
        1000,
        List.of(),
        null,
        header);
  }

  private static long time(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return millis(begun);
  }

  private static long millis(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static void report(String what, long millis) {
    System.out.printf("catalogue of %d objects: %s %d ms%n", OBJECTS, what, millis);
  }
}
