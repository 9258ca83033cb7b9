package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.index.Hit;
import io.precordia.ingest.Outcome;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.study.Identity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One model takes another's place while questions, imports and an erasure go on. */
@Timeout(240)
class SuccessionTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ModelChoice CHOICE =
      new ModelChoice("next", "/models/next", "1".repeat(64), "/models/first");
  @TempDir Path data;

  /** Different words for every number; the test encoder knows letters only. */
  private static String words(int i) {
    StringBuilder out = new StringBuilder("Finding");
    for (int k = 1; k <= 6; k++) {
      out.append(' ');
      for (char digit : Integer.toString(1000 + i * 31 * k).toCharArray()) {
        out.append((char) ('a' + digit - '0' + k));
      }
    }
    return out.append('.').toString();
  }

  private static Submission text(int i) {
    return new Submission(
        List.of(new Part("r.txt", words(i).getBytes(StandardCharsets.UTF_8))),
        new Identity("P" + i, "S" + i, null, null, null, null, null, List.of()));
  }

  @Test
  void noAnswerFailsAndNoneMixesTwoModels() throws Exception {
    try (Workspace w =
        Workspace.open(data, () -> new TestEncoder("0".repeat(64)), WorkspaceOptions.DEFAULT)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        ids.add(w.ingest().accept(text(i)));
      }
      List<Outcome> kept = w.ingest().await(ids, SOON);
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger answers = new AtomicInteger();
      ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
      List<Thread> askers = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        int own = t;
        askers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int n = own; !stop.get(); n += 2) {
                        ask(w, n % 50, wrong);
                        answers.incrementAndGet();
                      }
                    }));
      }
      CountDownLatch gate = new CountDownLatch(1);
      try {
        moreThan(50, answers);
        CompletableFuture<Void> done =
            w.succeed(new SlowEncoder("1".repeat(64), 3, gate), CHOICE, generation -> {});
        assertEquals(
            ErrorCode.CONFLICT,
            assertThrows(
                    PrecordiaException.class,
                    () -> w.succeed(new TestEncoder("2".repeat(64)), CHOICE, generation -> {}))
                .code());
        gate.countDown();
        List<String> later = new ArrayList<>();
        for (int i = 100; i < 120; i++) {
          later.add(w.ingest().accept(text(i)));
        }
        w.erase(kept.get(55).subject());
        done.get(60, TimeUnit.SECONDS);
        w.ingest().await(later, SOON);
        moreThan(answers.get() + 50, answers);
      } finally {
        gate.countDown();
        stop.set(true);
      }
      for (Thread asker : askers) {
        asker.join();
      }
      assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong answers: " + wrong.peek());
      assertEquals("1".repeat(64), w.encoder().ref().sha256());
      assertEquals(Optional.of(CHOICE), ModelChoice.read(data));
      assertEquals(79, w.index().size());
      for (int i = 0; i < 20; i++) {
        ask(w, 100 + i, wrong);
      }
      assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong answers: " + wrong.peek());
    }
    // what the new model embedded is there after a restart, and nothing of the old one
    try (Workspace w =
        Workspace.open(data, () -> new TestEncoder("1".repeat(64)), WorkspaceOptions.DEFAULT)) {
      assertEquals(0, w.stillToReembed());
      assertEquals(79, w.index().size());
    }
    try (Workspace w =
        Workspace.open(data, () -> new TestEncoder("0".repeat(64)), WorkspaceOptions.DEFAULT)) {
      int left = w.stillToReembed(); // first: what is embedded meanwhile is counted twice, not lost
      assertTrue(left + w.index().size() >= 79);
    }
  }

  @Test
  void aMergeMeanwhileHoldsForTheNewIndexToo() throws Exception {
    try (Workspace w =
        Workspace.open(data, () -> new TestEncoder("0".repeat(64)), WorkspaceOptions.DEFAULT)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ids.add(w.ingest().accept(text(i)));
      }
      List<Outcome> kept = w.ingest().await(ids, SOON);
      CompletableFuture<Void> done =
          w.succeed(new SlowEncoder("1".repeat(64)), CHOICE, generation -> {});
      Thread.sleep(20);
      w.merge(kept.get(0).subject(), kept.get(1).subject(), "rest");
      w.merge(kept.get(39).subject(), kept.get(1).subject(), "rest");
      done.get(60, TimeUnit.SECONDS);
      float[] query = w.encoder().embedTexts(List.of(words(0)))[0];
      assertEquals(
          3,
          w.index()
              .search(
                  query,
                  io.precordia.index.FilterExpression.parse("subject:" + kept.get(1).subject()),
                  50)
              .size());
      assertEquals(40, w.index().size());
    }
  }

  @Test
  void stoppingBeforeTheExchangeChangesNothing() {
    CompletableFuture<Void> done;
    try (Workspace w =
        Workspace.open(data, () -> new TestEncoder("0".repeat(64)), WorkspaceOptions.DEFAULT)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ids.add(w.ingest().accept(text(i)));
      }
      w.ingest().await(ids, SOON);
      SlowEncoder slow = new SlowEncoder("1".repeat(64), 250, new CountDownLatch(0));
      done = w.succeed(slow, CHOICE, generation -> {});
    }
    assertThrows(ExecutionException.class, done::get);
    assertEquals(Optional.empty(), ModelChoice.read(data));
    try (Workspace w =
        Workspace.open(data, () -> new TestEncoder("0".repeat(64)), WorkspaceOptions.DEFAULT)) {
      assertEquals(40, w.index().size());
      assertEquals(0, w.stillToReembed());
    }
  }

  @Test
  void aChoiceThatCannotBeKeptExchangesNothing() throws Exception {
    try (Workspace w =
        Workspace.open(data, () -> new TestEncoder("0".repeat(64)), WorkspaceOptions.DEFAULT)) {
      w.ingest().await(List.of(w.ingest().accept(text(1))), SOON);
      Files.createDirectories(data.resolve("model-choice.json").resolve("in-the-way"));
      CompletableFuture<Void> done =
          w.succeed(new TestEncoder("1".repeat(64)), CHOICE, generation -> {});
      ExecutionException failure = assertThrows(ExecutionException.class, done::get);
      assertEquals(ErrorCode.STORAGE_FULL, ((PrecordiaException) failure.getCause()).code());
      assertEquals("0".repeat(64), w.encoder().ref().sha256());
      ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
      ask(w, 1, wrong);
      assertTrue(wrong.isEmpty(), wrong::toString);
    }
  }

  private static void moreThan(int count, AtomicInteger answers) throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (answers.get() <= count) {
      assertTrue(System.nanoTime() < deadline, "answers: " + answers);
      Thread.sleep(5);
    }
  }

  /** An exact repetition scores 1 only if question and answer are of the same model. */
  private static void ask(Workspace w, int i, ConcurrentLinkedQueue<String> wrong) {
    try {
      Generation generation = w.generation();
      while (!generation.enter()) {
        generation = w.generation();
      }
      try {
        float[] query = generation.encoder().embedTexts(List.of(words(i)))[0];
        Hit best = generation.index().search(query, Filter.NONE, 1).getFirst();
        if (Math.abs(best.score() - 1) > 1e-5) {
          wrong.add("question " + i + " scored " + best.score());
        }
      } finally {
        generation.leave();
      }
    } catch (RuntimeException e) {
      wrong.add(e.toString());
    }
  }
}
