package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.index.FilterExpression;
import io.precordia.index.Hit;
import io.precordia.ingest.Outcome;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Residue;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges and unmerges of subjects: records, index, late arrivals, restart and erasure follow. */
class SubjectMergeTest {
  @TempDir Path data;

  private Workspace open() {
    return Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT);
  }

  private static InstanceRecord keep(Workspace w, String text, String patient, String study) {
    Identity identity =
        new Identity(
            patient, study, null, LocalDate.of(2024, 5, 17), "F", 61, "Site A", List.of("PA"));
    String id =
        w.ingest()
            .accept(
                new Submission(
                    List.of(new Part("report.txt", text.getBytes(StandardCharsets.UTF_8))),
                    identity));
    Outcome outcome = w.ingest().await(List.of(id), Duration.ofSeconds(60)).getFirst();
    assertEquals(Outcome.Status.STORED, outcome.status());
    return w.records().instance(id);
  }

  private static Set<String> found(Workspace w, String subject) {
    float[] query = w.encoder().embedTexts(List.of("effusion"))[0];
    Filter filter = FilterExpression.parse("subject:" + subject);
    return w.index().search(query, filter, 50).stream()
        .map(Hit::instance)
        .collect(Collectors.toSet());
  }

  private static List<String> studyOf(Workspace w, String study) {
    return w.records().study(study).instances().stream().map(InstanceRecord::id).toList();
  }

  @Test
  void everythingFollowsTheSurvivorAndComesBack() {
    InstanceRecord old;
    InstanceRecord own;
    InstanceRecord late;
    try (Workspace w = open()) {
      old = keep(w, "Left effusion, first film.", "OLD^^^H", "1.2.3");
      own = keep(w, "Left effusion, second film.", "NEW^^^H", "1.2.3");
      keep(w, "Effusion of somebody else.", "OTHER^^^H", "1.2.3");
      assertNotEquals(old.subject(), own.subject());
      assertTrue(w.merge(old.subject(), own.subject(), "hl7"));
      assertFalse(w.merge(old.subject(), own.subject(), "hl7"), "a resent merge changes nothing");

      late = keep(w, "Left effusion, late film under the old number.", "OLD^^^H", "1.2.9");
      assertEquals(own.subject(), late.subject());
      assertEquals(old.subject(), late.origin());
      assertEquals(own.subject(), w.records().instance(old.id()).subject());
      // one Study Instance UID of one patient is one study, by either of its ids
      assertEquals(own.study(), w.records().instance(old.id()).study());
      assertEquals(Set.of(old.id(), own.id()), Set.copyOf(studyOf(w, own.study())));
      assertEquals(Set.of(old.id(), own.id()), Set.copyOf(studyOf(w, old.study())));
      assertEquals(List.of(late.id()), studyOf(w, late.study()));
      assertEquals(Set.of(old.id(), own.id(), late.id()), found(w, own.subject()));
      assertEquals(Set.of(), found(w, old.subject()));
      assertEquals(3, w.records().ofSubject(old.subject()).size());
      assertEquals(
          "Left effusion, first film.",
          new String(w.records().files(old.id()).getFirst().bytes(), StandardCharsets.UTF_8));
    }
    try (Workspace w = open()) {
      assertEquals(Set.of(old.id(), own.id(), late.id()), found(w, own.subject()), "after restart");
      assertEquals(own.subject(), w.unmerge(old.subject(), "rest"));
      assertEquals(old, w.records().instance(old.id()));
      assertEquals(old.subject(), w.records().instance(late.id()).subject());
      assertEquals(Set.of(old.id(), late.id()), found(w, old.subject()));
      assertEquals(Set.of(own.id()), found(w, own.subject()));
      assertEquals(List.of(own.id()), studyOf(w, own.study()));
      assertEquals(List.of(old.id()), studyOf(w, old.study()));
      assertEquals(
          List.of("merge", "unmerge"),
          w.records().events(old.subject()).stream().map(e -> e.kind()).toList());
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(PrecordiaException.class, () -> w.unmerge(old.subject(), "rest")).code());
    }
  }

  @Test
  void mergesOfMergesEndAtOneSubjectAndNeverInARing() {
    try (Workspace w = open()) {
      InstanceRecord a = keep(w, "Effusion one.", "A", "S1");
      InstanceRecord b = keep(w, "Effusion two.", "B", "S1");
      InstanceRecord c = keep(w, "Effusion three.", "C", "S1");
      assertTrue(w.merge(a.subject(), b.subject(), "hl7"));
      assertTrue(w.merge(b.subject(), c.subject(), "hl7"));
      assertEquals(3, found(w, c.subject()).size());
      assertEquals(3, studyOf(w, a.study()).size());
      assertFalse(w.merge(a.subject(), c.subject(), "hl7"), "it is there already");
      refused(w, c.subject(), a.subject());
      refused(w, c.subject(), c.subject());
      refused(w, a.subject(), w.records().subjectOf("D"));
      w.unmerge(b.subject(), "rest");
      assertEquals(Set.of(a.id(), b.id()), found(w, b.subject()), "what B had goes with B");
      assertEquals(2, studyOf(w, a.study()).size());
      assertEquals(Set.of(c.id()), found(w, c.subject()));
    }
  }

  private static void refused(Workspace w, String merged, String into) {
    PrecordiaException e =
        assertThrows(PrecordiaException.class, () -> w.merge(merged, into, "hl7"));
    assertEquals(ErrorCode.CONFLICT, e.code());
  }

  @Test
  void aMergeMayComeBeforeAnythingIsKept() {
    try (Workspace w = open()) {
      String survivor = w.records().subjectOf("NEW^^^H");
      assertTrue(w.merge(w.records().subjectOf("OLD^^^H"), survivor, "hl7"));
      InstanceRecord late = keep(w, "Effusion under the old number.", "OLD^^^H", "S1");
      assertEquals(survivor, late.subject());
      assertEquals(List.of(late.id()), studyOf(w, late.study()));
      InstanceRecord own = keep(w, "Effusion under the new number.", "NEW^^^H", "S1");
      assertEquals(own.study(), late.study());
      assertEquals(Set.of(late.id(), own.id()), Set.copyOf(studyOf(w, late.study())));
    }
  }

  @Test
  void erasureOfEitherIdErasesAllWithEveryKeyAndLeavesNoResidue() throws IOException {
    for (boolean byOldId : List.of(true, false)) {
      Path here = data.resolve(byOldId ? "old" : "new");
      String[] gone;
      InstanceRecord stays;
      try (Workspace w = Workspace.open(here, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
        InstanceRecord old = keep(w, "Effusion canary one.", "OLD^^^H", "1.2.3");
        InstanceRecord own = keep(w, "Effusion canary two.", "NEW^^^H", "1.2.3");
        stays = keep(w, "Effusion of somebody else.", "OTHER^^^H", "1.2.3");
        w.merge(old.subject(), own.subject(), "hl7");
        gone =
            new String[] {
              old.id(), own.id(), old.subject(), own.subject(), old.study(), own.study()
            };
        assertEquals(
            Set.of(old.id(), own.id()),
            Set.copyOf(w.erase(byOldId ? old.subject() : own.subject())));
        assertEquals(Set.of(), found(w, own.subject()));
        assertEquals(List.of(), w.records().events(old.subject()));
        assertEquals(old.subject(), w.records().surviving(old.subject()));
        assertEquals(1, w.index().size());
      }
      try (Stream<Path> files = Files.walk(here)) {
        for (Path file : files.toList()) {
          for (String id : gone) {
            assertFalse(file.getFileName().toString().contains(id));
            if (Files.isRegularFile(file)) {
              byte[] bytes = Files.readAllBytes(file);
              assertFalse(
                  Residue.contains(bytes, id.getBytes(StandardCharsets.US_ASCII)),
                  () ->
                      "residue in "
                          + file.getFileName()
                          + " of "
                          + Arrays.asList(gone).indexOf(id));
            }
          }
        }
      }
      try (Workspace w = Workspace.open(here, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
        assertEquals(stays, w.records().instance(stays.id()));
      }
    }
  }

  @Test
  void demographicsAreCorrectedInRecordsAndIndexForAllMembers() {
    try (Workspace w = open()) {
      InstanceRecord old = keep(w, "Effusion one.", "OLD^^^H", "1.2.3");
      InstanceRecord own = keep(w, "Effusion two.", "NEW^^^H", "1.2.3");
      w.merge(old.subject(), own.subject(), "hl7");
      assertEquals(2, w.correct(own.subject(), "M", LocalDate.of(1954, 6, 1)));
      assertEquals("M", w.records().instance(old.id()).identity().sex());
      assertEquals(69, w.records().instance(old.id()).identity().ageYears());
      float[] query = w.encoder().embedTexts(List.of("effusion"))[0];
      assertEquals(2, w.index().search(query, FilterExpression.parse("sex:M age:69"), 9).size());
      assertEquals(0, w.index().search(query, FilterExpression.parse("sex:F"), 9).size());
      assertEquals(0, w.correct(own.subject(), "M", LocalDate.of(1954, 6, 1)), "nothing new");
    }
  }
}
