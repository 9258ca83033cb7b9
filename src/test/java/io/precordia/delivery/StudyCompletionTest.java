package io.precordia.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.CompletionRow;
import io.precordia.store.CompletionState;
import io.precordia.store.NewInstance;
import io.precordia.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCompletionTest {
  private static final Duration NEVER = Duration.ofHours(1);
  @TempDir Path dir;

  private static CompletionPolicy quiet(Duration window) {
    return new CompletionPolicy(new CompletionRule(window, NEVER, null), Map.of());
  }

  private static CompletionRow row(Store store, NewInstance instance) {
    return store.completions().find(instance.study()).orElseThrow();
  }

  /** From the last arrival to the completion. */
  private static Duration waited(CompletionRow row) {
    return Duration.between(row.lastArrival(), Objects.requireNonNull(row.completed()));
  }

  @Test
  void aQuietStudyIsCompleteAndALateInstanceMakesARevision() throws Exception {
    try (Store store = Store.open(dir, null)) {
      List<Integer> arrivals = Collections.synchronizedList(new ArrayList<>());
      Semaphore turns = new Semaphore(1);
      NewInstance first = KeptStudies.keep(store, "P1", "S1", 1, "A");
      KeptStudies.keep(store, "P1", "S1", 2, "A");
      assertEquals(2, row(store, first).arrivals());
      try (StudyCompletion c =
          new StudyCompletion(
              store.completions(),
              quiet(Duration.ofMillis(300)),
              study -> {
                turns.acquireUninterruptibly();
                arrivals.add(study.arrivals());
              })) {
        c.start();
        KeptStudies.await("complete", () -> row(store, first).revision() == 1);
        KeptStudies.keep(store, "P1", "S1", 3, "A");
        CompletionState late = row(store, first).state();
        turns.release();
        assertEquals(CompletionState.OPEN, late);
        KeptStudies.await("complete again", () -> row(store, first).revision() == 2);
        KeptStudies.keep(store, "P1", "S1", 4, "A", ErrorCode.OWN_RESULT);
        assertEquals(CompletionState.COMPLETE, row(store, first).state());
      }
      assertEquals(List.of(2, 3), arrivals);
    }
  }

  @Test
  void aSourceHasItsOwnWindowAndAnAnnouncedNumberNeedsNone() throws Exception {
    try (Store store = Store.open(dir, null)) {
      NewInstance fast = KeptStudies.keep(store, "P1", "S1", 1, "Fast");
      NewInstance slow = KeptStudies.keep(store, "P2", "S2", 2, "Slow");
      NewInstance counted = KeptStudies.keep(store, "P3", "S3", 3, "Slow");
      NewInstance short1 = KeptStudies.keep(store, "P4", "S4", 4, "Fast");
      assertTrue(store.completions().expect(counted.study(), 2));
      assertTrue(store.completions().expect(short1.study(), 2));
      Duration window = Duration.ofMillis(200);
      Duration wait = Duration.ofSeconds(2);
      CompletionPolicy policy =
          new CompletionPolicy(
              new CompletionRule(NEVER, NEVER, null),
              Map.of(store.completions().sourceId("Fast"), new CompletionRule(window, wait, null)));
      try (StudyCompletion c = new StudyCompletion(store.completions(), policy, study -> {})) {
        c.start();
        KeptStudies.await("fast", () -> row(store, fast).revision() == 1);
        assertEquals(CompletionState.OPEN, row(store, slow).state());
        assertEquals(CompletionState.OPEN, row(store, counted).state());
        KeptStudies.keep(store, "P3", "S3", 5, "Slow");
        KeptStudies.await("counted", () -> row(store, counted).revision() == 1);
        KeptStudies.await("patience is over", () -> row(store, short1).revision() == 1);
        assertTrue(waited(row(store, fast)).compareTo(window) >= 0);
        assertTrue(waited(row(store, short1)).compareTo(wait) >= 0);
        assertEquals(CompletionState.OPEN, row(store, slow).state());
      }
    }
  }

  @Test
  void whatIsOpenIsCompletedAfterARestartAndWhatFailsIsSeen() throws Exception {
    NewInstance film;
    try (Store store = Store.open(dir, null)) {
      film = KeptStudies.keep(store, "P1", "S1", 1, "A");
    }
    try (Store store = Store.open(dir, null)) {
      AtomicBoolean well = new AtomicBoolean();
      try (StudyCompletion c =
          new StudyCompletion(
              store.completions(),
              quiet(Duration.ofMillis(100)),
              study -> {
                if (!well.get()) {
                  throw new PrecordiaException(ErrorCode.BUSY, "later");
                }
              })) {
        c.start();
        KeptStudies.await("first failure", () -> row(store, film).attempts() > 0);
        assertEquals("busy", row(store, film).reason());
        well.set(true);
        KeptStudies.await("done", () -> row(store, film).revision() == 1);
      }
      CompletionRow seen = row(store, film);
      assertTrue(store.completions().reopen(seen.study()));
      store.completions().failed(row(store, film), ErrorCode.INTERNAL, null);
      assertEquals(CompletionState.STUCK, row(store, film).state());
      assertEquals(Map.of(CompletionState.STUCK, 1L), store.completions().counts());
      assertTrue(store.completions().reopen(seen.study()));
      assertEquals(CompletionState.OPEN, row(store, film).state());
    }
  }

  @Test
  void anInstanceThatComesDuringTheWorkIsNotForgotten() throws Exception {
    try (Store store = Store.open(dir, null)) {
      NewInstance film = KeptStudies.keep(store, "P1", "S1", 1, "A");
      AtomicInteger works = new AtomicInteger();
      try (StudyCompletion c =
          new StudyCompletion(
              store.completions(),
              quiet(Duration.ofMillis(100)),
              study -> {
                if (works.incrementAndGet() == 1) {
                  KeptStudies.keep(store, "P1", "S1", 2, "A");
                }
              })) {
        c.start();
        KeptStudies.await("complete", () -> row(store, film).revision() == 1);
      }
      assertEquals(2, works.get());
      assertEquals(2, row(store, film).arrivals());
    }
  }
}
