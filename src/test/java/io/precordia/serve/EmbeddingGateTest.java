package io.precordia.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddingGateTest {
  private static GateLimits limits(int batch, int queued) {
    return new GateLimits(batch, Duration.ofMillis(2), queued, 1);
  }

  @Test
  void vectorsGoToTheCallerThatAsked() throws Exception {
    HashingEncoder bare = new HashingEncoder();
    try (EmbeddingGate gate = new EmbeddingGate(bare, limits(8, 10_000), GateListener.NONE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<float[][]>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        List<String> texts =
            IntStream.range(0, i % 5 + 1)
                .mapToObj(n -> "word" + n + " case" + answers.size())
                .toList();
        answers.add(callers.submit(() -> gate.embedTexts(texts)));
      }
      for (int i = 0; i < 200; i++) {
        int at = i;
        float[][] expected =
            bare.embedTexts(
                IntStream.range(0, i % 5 + 1).mapToObj(n -> "word" + n + " case" + at).toList());
        assertArrayEquals(expected, answers.get(i).get());
      }
    }
    assertTrue(bare.closed());
  }

  @Test
  void callersThatComeTogetherShareAPass() throws Exception {
    Held held = new Held();
    ConcurrentLinkedQueue<Integer> passes = new ConcurrentLinkedQueue<>();
    try (EmbeddingGate gate =
            new EmbeddingGate(held, limits(16, 64), pass -> passes.add(pass.items()));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> first = callers.submit(() -> gate.embedTexts(List.of("first")));
      held.entered.acquire();
      List<Future<float[][]>> rest = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        rest.add(callers.submit(() -> gate.embedTexts(List.of("more"))));
      }
      while (gate.queued() < 10) {
        Thread.onSpinWait();
      }
      held.go.release(100);
      first.get();
      for (Future<float[][]> answer : rest) {
        answer.get();
      }
    }
    assertEquals(List.of(1, 10), List.copyOf(passes));
  }

  @Test
  void aFullLineRefusesTheImpatientAndKeepsThePatient() throws Exception {
    Held held = new Held();
    try (EmbeddingGate gate = new EmbeddingGate(held, limits(2, 2), GateListener.NONE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> running = callers.submit(() -> gate.embedTexts(List.of("running")));
      held.entered.acquire();
      Future<float[][]> queued = callers.submit(() -> gate.embedTexts(List.of("a", "b")));
      while (gate.queued() < 2) {
        Thread.onSpinWait();
      }
      PrecordiaException busy =
          assertThrows(PrecordiaException.class, () -> gate.embedTexts(List.of("c")));
      assertEquals(ErrorCode.BUSY, busy.code());
      Future<float[][]> patient =
          callers.submit(() -> gate.patient().embedTexts(List.of("d", "e", "f")));
      held.go.release(100);
      assertEquals(1, running.get().length);
      assertEquals(2, queued.get().length);
      assertEquals(3, patient.get().length);
    }
  }

  @Test
  void aBadItemFailsItsCallerOnly() throws Exception {
    Held held = new Held();
    try (EmbeddingGate gate = new EmbeddingGate(held, limits(16, 64), GateListener.NONE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> first = callers.submit(() -> gate.embedTexts(List.of("first")));
      held.entered.acquire();
      Future<float[][]> good = callers.submit(() -> gate.embedTexts(List.of("good")));
      Future<ErrorCode> bad =
          callers.submit(
              () ->
                  assertThrows(
                          PrecordiaException.class,
                          () -> gate.embedTexts(List.of(HashingEncoder.POISON)))
                      .code());
      while (gate.queued() < 2) {
        Thread.onSpinWait();
      }
      held.go.release(100);
      first.get();
      assertEquals(1, good.get().length);
      assertEquals(ErrorCode.NOT_FINITE, bad.get());
    }
  }

  @Test
  void aCallWhosePassDoesNotBeginInTimeIsToldBusyAndNeverRuns() throws Exception {
    Held held = new Held();
    GateLimits brief = new GateLimits(4, 64, Duration.ZERO, 64, 1, Duration.ofMillis(200));
    try (EmbeddingGate gate = new EmbeddingGate(held, brief, GateListener.NONE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> running = callers.submit(() -> gate.embedTexts(List.of("running")));
      // A busy machine may be too late even for the first call; that one never ran and asks again.
      while (!held.entered.tryAcquire(5, TimeUnit.MILLISECONDS)) {
        if (running.isDone()) {
          running = callers.submit(() -> gate.embedTexts(List.of("running")));
        }
      }
      Future<float[][]> patient =
          callers.submit(() -> gate.patient().embedTexts(List.of("patient")));
      PrecordiaException late =
          assertThrows(PrecordiaException.class, () -> gate.embedTexts(List.of("late")));
      assertEquals(ErrorCode.BUSY, late.code());
      while (gate.queued() != 1) {
        Thread.onSpinWait();
      }
      held.go.release(100);
      // its pass had begun in time, however long it took
      assertEquals(1, running.get().length);
      assertEquals(1, patient.get().length);
    }
    assertEquals(List.of("running", "patient"), List.copyOf(held.texts));
  }

  @Test
  void anInterruptedCallerLeavesTheLineAndNeverRuns() throws Exception {
    Held held = new Held();
    try (EmbeddingGate gate = new EmbeddingGate(held, limits(4, 64), GateListener.NONE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> running = callers.submit(() -> gate.embedTexts(List.of("running")));
      held.entered.acquire();
      AtomicReference<ErrorCode> told = new AtomicReference<>();
      Thread caller =
          Thread.startVirtualThread(
              () ->
                  told.set(
                      assertThrows(
                              PrecordiaException.class,
                              () -> gate.embedTexts(List.of("unwanted", "too")))
                          .code()));
      while (gate.queued() < 2) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      caller.join();
      assertEquals(ErrorCode.NOT_READY, told.get());
      assertEquals(0, gate.queued());
      held.go.release(100);
      assertEquals(1, running.get().length);
    }
    assertEquals(List.of("running"), List.copyOf(held.texts));
  }

  @Test
  void aCancelledCallLeavesTheLineAndNeverRuns() throws Exception {
    Held held = new Held();
    try (EmbeddingGate gate = new EmbeddingGate(held, limits(4, 64), GateListener.NONE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Cancellation ofRunning = new Cancellation();
      Future<float[][]> running =
          callers.submit(() -> gate.until(ofRunning).embedTexts(List.of("running")));
      held.entered.acquire();
      Cancellation gone = new Cancellation();
      Future<ErrorCode> unwanted =
          callers.submit(
              () ->
                  assertThrows(
                          PrecordiaException.class,
                          () -> gate.until(gone).embedTexts(List.of("unwanted", "too")))
                      .code());
      while (gate.queued() < 2) {
        Thread.onSpinWait();
      }
      gone.cancel();
      assertEquals(ErrorCode.CANCELLED, unwanted.get());
      assertEquals(0, gate.queued());
      assertEquals(
          ErrorCode.CANCELLED,
          assertThrows(
                  PrecordiaException.class, () -> gate.until(gone).embedTexts(List.of("again")))
              .code());
      ofRunning.cancel();
      held.go.release(100);
      assertEquals(1, running.get().length, "what runs may finish");
    }
    assertEquals(List.of("running"), List.copyOf(held.texts));
  }

  @Test
  void theLineDropsLateTicketsBeforeTheyRun() throws Exception {
    TicketQueue queue = new TicketQueue(limits(4, 4));
    Ticket late =
        new Ticket(
            Modality.REPORT, List.of("a", "b", "c"), new int[] {1, 1, 1}, "", Duration.ofMillis(1));
    queue.put(late, false);
    Thread.sleep(5);
    Ticket next = new Ticket(Modality.XRAY, List.of(WarmUp.xray()), new int[] {1}, "", null);
    queue.put(next, false);
    assertEquals(List.of(next), queue.take());
    assertEquals(0, queue.queued());
    PrecordiaException told =
        (PrecordiaException) assertThrows(ExecutionException.class, late.vectors::get).getCause();
    assertEquals(ErrorCode.BUSY, told.code());
    assertFalse(queue.withdraw(late));
  }

  @Test
  void aLaterChunkWaitsForRoomOnlyUntilItIsLate() throws Exception {
    TicketQueue queue = new TicketQueue(limits(2, 2));
    queue.put(new Ticket(Modality.REPORT, List.of("a", "b"), new int[] {1, 1}, "", null), false);
    Ticket chunk =
        new Ticket(Modality.REPORT, List.of("c"), new int[] {1}, "", Duration.ofMillis(20));
    assertEquals(
        ErrorCode.BUSY,
        assertThrows(PrecordiaException.class, () -> queue.put(chunk, true)).code());
    assertEquals(2, queue.queued());
  }

  @Test
  void afterClosingCallersAreToldSo() {
    EmbeddingGate gate =
        new EmbeddingGate(new HashingEncoder(), GateLimits.DEFAULT, GateListener.NONE);
    gate.close();
    assertEquals(
        ErrorCode.NOT_READY,
        assertThrows(PrecordiaException.class, () -> gate.embedTexts(List.of("late"))).code());
  }

  @Test
  void warmUpRunsEveryModality() {
    ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    try (EmbeddingGate gate =
        new EmbeddingGate(
            new HashingEncoder(), GateLimits.DEFAULT, pass -> seen.add(pass.modality().name()))) {
      WarmUp.run(gate);
    }
    assertEquals(List.of("ECG", "REPORT", "XRAY"), seen.stream().sorted().toList());
  }

  /** The hashing encoder, each pass held until it is let go. */
  private static final class Held implements Encoder {
    private final HashingEncoder inner = new HashingEncoder();
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);
    private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();

    @Override
    public ModelRef ref() {
      return inner.ref();
    }

    @Override
    public int dimension() {
      return inner.dimension();
    }

    @Override
    public float temperature() {
      return inner.temperature();
    }

    @Override
    public float[][] embedXrays(List<Pixels> images) {
      return inner.embedXrays(images);
    }

    @Override
    public float[][] embedEcgs(List<Ecg> windows) {
      return inner.embedEcgs(windows);
    }

    @Override
    public float[][] embedTexts(List<String> given) {
      texts.addAll(given);
      entered.release();
      go.acquireUninterruptibly();
      return inner.embedTexts(given);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
