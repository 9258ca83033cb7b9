package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKeys;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryPage;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bound on what the catalogue holds in memory, and that answers do not depend on it. */
class CatalogueMemoryTest {
  private static final int PATIENTS = 30;
  private static final int BOUND = 8;
  @TempDir Path data;

  private Workspace open(int cached) {
    return Workspace.open(
        data, TestEncoder::new, WorkspaceOptions.DEFAULT.withCatalogueCached(cached));
  }

  private static void send(Workspace w, int patient, int object) {
    String study = "1.2." + patient;
    w.catalogue()
        .intake()
        .receive(
            DicomSamples.file(
                DicomSamples.radiograph(
                    "P" + patient, study, study + ".1", study + ".1." + object)));
  }

  private static void settle(Workspace w) {
    assertTrue(w.catalogue().find(null, null, "1.9.9").isEmpty(), "waits for the inbox");
  }

  private static QueryPage query(
      Workspace w, QueryLevel level, int offset, int limit, String... k) {
    return w.catalogue()
        .query(
            new DicomQuery(
                level,
                k.length == 0 ? List.of() : List.of(QueryKeys.of(k[0], k[1])),
                false,
                offset,
                limit));
  }

  private static List<String> studies(QueryPage page) {
    return page.matches().stream().map(m -> m.header().study()).toList();
  }

  @Test
  void theBoundHoldsAndAnswersAreTheSameBelowAndAboveIt() {
    try (Workspace w = open(BOUND)) {
      for (int i = 0; i < PATIENTS; i++) {
        send(w, i, 1);
        send(w, i, 2);
      }
      settle(w);
      check(w, BOUND);
    }
    for (int bound : new int[] {BOUND, 0, 1000}) {
      try (Workspace w = open(bound)) {
        check(w, bound);
      }
    }
  }

  private static void check(Workspace w, int bound) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < PATIENTS; i++) {
      all.add("1.2." + i);
    }
    for (int round = 0; round < 2; round++) {
      assertEquals(all, studies(query(w, QueryLevel.STUDY, 0, 100)));
      QueryPage page = query(w, QueryLevel.STUDY, 10, 5);
      assertEquals(all.subList(10, 15), studies(page));
      assertTrue(page.remaining() >= 1);
      assertEquals(0, query(w, QueryLevel.STUDY, 25, 5).remaining());
      assertEquals(
          List.of("1.2.17"), studies(query(w, QueryLevel.STUDY, 0, 9, "PatientName", "M*^P17")));
      assertEquals(List.of("1.2.3"), studies(query(w, QueryLevel.STUDY, 0, 9, "PatientID", "P3")));
      assertEquals(
          List.of("1.2.4"), studies(query(w, QueryLevel.STUDY, 0, 9, "AccessionNumber", "A4")));
      assertEquals(
          2, query(w, QueryLevel.IMAGE, 0, 9, "StudyInstanceUID", "1.2.5").matches().size());
      assertEquals(
          2,
          query(w, QueryLevel.STUDY, 0, 9, "StudyInstanceUID", "1.2.6")
              .matches()
              .getFirst()
              .related()
              .instances());
      assertTrue(w.catalogue().cached() <= bound, "holds " + w.catalogue().cached());
    }
    if (bound > 2 * PATIENTS) {
      assertEquals(2 * PATIENTS, w.catalogue().cached());
    }
  }

  @Test
  void whatCameLastIsHeldAndWhatIsErasedIsNot() throws InterruptedException {
    try (Workspace w = open(BOUND)) {
      for (int i = 0; i < PATIENTS; i++) {
        send(w, i, 1);
      }
      settle(w);
      send(w, 2, 2); // an old patient comes again
      settle(w);
      assertEquals(2, query(w, QueryLevel.IMAGE, 0, 9, "PatientID", "P2").matches().size());
      assertEquals(PATIENTS, query(w, QueryLevel.STUDY, 0, 100).matches().size());
      assertEquals(BOUND, w.catalogue().cached());
      List<String> unused = w.erase(w.ids().subject("P2"));
      assertEquals(BOUND - 2, w.catalogue().cached(), "it was held, and is no more");
      assertTrue(query(w, QueryLevel.STUDY, 0, 9, "PatientID", "P2").matches().isEmpty());
      assertEquals(PATIENTS - 1, query(w, QueryLevel.STUDY, 0, 100).matches().size());
    }
    try (Workspace w = open(BOUND)) {
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (w.catalogue().cached() < BOUND && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      assertEquals(BOUND, w.catalogue().cached(), "filled in the background");
    }
  }
}
