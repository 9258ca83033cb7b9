package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.index.Hit;
import io.precordia.ingest.Outcome;
import io.precordia.ingest.Part;
import io.precordia.ingest.Receipt;
import io.precordia.ingest.Submission;
import io.precordia.model.Encoder;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.MasterKey;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path data;

  private Workspace open() {
    return Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT);
  }

  private static Submission text(String text, Identity identity) {
    return new Submission(
        List.of(new Part("report.txt", text.getBytes(StandardCharsets.UTF_8))), identity);
  }

  private static Identity identity(String subject, String study) {
    return new Identity(
        subject, study, null, LocalDate.of(2024, 5, 17), "F", 61, "Site A", List.of("PA"));
  }

  @Test
  void whatIsAcceptedIsFoundAgainAfterReopening() {
    String id;
    try (Workspace w = open()) {
      id = w.ingest().accept(text("Large pleural effusion on the left.", identity("P1", "S1")));
      Outcome outcome = w.ingest().await(List.of(id), SOON).getFirst();
      assertEquals(Outcome.Status.STORED, outcome.status());
      assertEquals(Modality.REPORT, outcome.modality());
      assertEquals(1, w.index().size());
    }
    try (Workspace w = open()) {
      assertEquals(1, w.index().size());
      float[] query = w.encoder().embedTexts(List.of("pleural effusion left"))[0];
      assertEquals(
          List.of(id),
          w.index().search(query, Filter.NONE, 5).stream().map(Hit::instance).toList());
      InstanceRecord record = w.records().instance(id);
      assertEquals(identity("P1", "S1"), record.identity());
      assertEquals("Large pleural effusion on the left.", record.text());
      assertEquals("report.txt", w.records().files(id).getFirst().name());
      assertArrayEquals(
          "Large pleural effusion on the left.".getBytes(StandardCharsets.UTF_8),
          w.records().files(id).getFirst().bytes());
      assertEquals(Modality.REPORT, w.records().decoded(id).content().modality());
      assertEquals(
          List.of(id),
          w.records().study(record.study()).instances().stream().map(InstanceRecord::id).toList());
    }
  }

  @Test
  void theSameContentIsKeptOnceButTwoPatientsMayHaveTheSameText() {
    try (Workspace w = open()) {
      Receipt first = w.ingest().receive(text("Sinus rhythm. Normal ECG.", identity("P1", null)));
      Receipt again = w.ingest().receive(text("Sinus rhythm. Normal ECG.", identity("P1", null)));
      Receipt other = w.ingest().receive(text("Sinus rhythm. Normal ECG.", identity("P2", null)));
      assertFalse(first.duplicate());
      assertEquals(new Receipt(first.instance(), true), again);
      assertFalse(other.duplicate());
      w.ingest().await(List.of(first.instance(), other.instance()), SOON);
      assertTrue(
          w.ingest().receive(text("Sinus rhythm. Normal ECG.", identity("P1", null))).duplicate());
      assertEquals(2, w.records().count(InstanceStatus.STORED));
      assertEquals(2, w.index().size());
    }
  }

  @Test
  void oneStudyUidOfOnePatientIsOneStudy() {
    try (Workspace w = open()) {
      List<String> ids =
          List.of(
              w.ingest().accept(text("First report of the study.", identity("P1", "1.2.3"))),
              w.ingest().accept(text("Second report of the study.", identity("P1", "1.2.3"))),
              w.ingest().accept(text("Another patient, same number.", identity("P2", "1.2.3"))),
              w.ingest().accept(text("Nobody named, nothing known.", Identity.UNKNOWN)));
      List<Outcome> outcomes = w.ingest().await(ids, SOON);
      assertEquals(outcomes.get(0).study(), outcomes.get(1).study());
      assertEquals(3, outcomes.stream().map(Outcome::study).distinct().count());
      assertEquals(3, outcomes.stream().map(Outcome::subject).distinct().count());
      assertEquals(3, w.records().studies());
    }
  }

  @Test
  void aSecondOpeningIsRefusedAndAnotherMasterKeyCannotRead() {
    try (Workspace w = open()) {
      w.ingest()
          .await(
              List.of(w.ingest().accept(text("Clear lungs everywhere.", Identity.UNKNOWN))), SOON);
      PrecordiaException locked = assertThrows(PrecordiaException.class, this::open);
      assertEquals(ErrorCode.CONFLICT, locked.code());
    }
    WorkspaceOptions other =
        WorkspaceOptions.DEFAULT.withMasterKey(
            MasterKey.ofBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    PrecordiaException wrong =
        assertThrows(PrecordiaException.class, () -> Workspace.open(data, TestEncoder::new, other));
    assertEquals(ErrorCode.CORRUPT_STORE, wrong.code());
    try (Workspace w = open()) {
      assertEquals(1, w.index().size());
    }
  }

  @Test
  void anErasedSubjectIsGoneEverywhereAndTheOthersStay() {
    String gone;
    String stays;
    try (Workspace w = open()) {
      gone = w.ingest().accept(text("Nodule in the right upper zone.", identity("P1", "S1")));
      stays = w.ingest().accept(text("Nodule in the left upper zone.", identity("P2", "S2")));
      List<Outcome> outcomes = w.ingest().await(List.of(gone, stays), SOON);
      assertEquals(List.of(gone), w.erase(outcomes.get(0).subject()));
      assertEquals(1, w.index().size());
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(PrecordiaException.class, () -> w.records().instance(gone)).code());
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(PrecordiaException.class, () -> w.records().study(outcomes.get(0).study()))
              .code());
    }
    try (Workspace w = open()) {
      assertEquals(1, w.index().size());
      assertEquals("Nodule in the left upper zone.", w.records().instance(stays).text());
      assertFalse(
          w.ingest()
              .receive(text("Nodule in the right upper zone.", identity("P1", "S1")))
              .duplicate());
    }
  }

  @Test
  void unreadableFilesAreKeptFlaggedAndListed() {
    try (Workspace w = open()) {
      List<String> ids =
          List.of(
              w.ingest()
                  .accept(
                      new Submission(List.of(new Part("a.txt", new byte[0])), Identity.UNKNOWN)),
              w.ingest()
                  .accept(
                      new Submission(
                          List.of(new Part("a.zip", new byte[] {'P', 'K', 3, 4, 0, 0})),
                          Identity.UNKNOWN)),
              w.ingest()
                  .accept(
                      new Submission(
                          List.of(new Part("../../x", new byte[] {1, 2, 3, 0, 9, 9})),
                          Identity.UNKNOWN)));
      List<Outcome> outcomes = w.ingest().await(ids, SOON);
      assertEquals(
          List.of(ErrorCode.EMPTY, ErrorCode.UNSUPPORTED_FORMAT, ErrorCode.UNSUPPORTED_FORMAT),
          outcomes.stream().map(o -> o.flags().getFirst().code()).toList());
      assertEquals(3, w.records().list(InstanceStatus.FLAGGED, 0, 10).items().size());
      assertEquals(0, w.index().size());
    }
  }

  @Test
  void anotherModelEmbedsEverythingAgain() throws InterruptedException {
    List<String> ids;
    try (Workspace w = open()) {
      ids =
          List.of(
              w.ingest().accept(text("Pleural effusion on the left.", identity("P1", "S1"))),
              w.ingest().accept(text("Broken rib on the right.", identity("P2", "S2"))));
      w.ingest().await(ids, SOON);
    }
    Supplier<Encoder> other = () -> new TestEncoder("1".repeat(64));
    for (int opening = 0; opening < 2; opening++) {
      try (Workspace w = Workspace.open(data, other, WorkspaceOptions.DEFAULT)) {
        assertTrue(w.stillToReembed() <= (opening == 0 ? 2 : 0));
        long deadline = System.nanoTime() + SOON.toNanos();
        while (w.stillToReembed() > 0) {
          assertTrue(System.nanoTime() < deadline, "not embedded again");
          Thread.sleep(5);
        }
        assertEquals(2, w.index().size());
        Hit best =
            w.index()
                .search(
                    w.encoder().embedTexts(List.of("Pleural effusion on the left."))[0],
                    Filter.NONE,
                    1)
                .getFirst();
        assertEquals(ids.getFirst(), best.instance());
        assertEquals(1, best.score(), 1e-5);
      }
    }
  }
}
