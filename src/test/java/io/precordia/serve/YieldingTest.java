package io.precordia.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two models, each with its own line and workers; the one being prepared gives way. */
@Timeout(60)
class YieldingTest {
  private static final GateLimits LIMITS = new GateLimits(4, Duration.ZERO, 64, 1);

  private static EmbeddingGate behind(EmbeddingGate first, Held encoder, Duration most) {
    return new EmbeddingGate(encoder, LIMITS, GateListener.NONE, new Yielding(() -> first, most));
  }

  @Test
  void aSlowModelDoesNotHoldUpTheOneThatAnswers() throws Exception {
    Held slow = new Held();
    try (EmbeddingGate first = new EmbeddingGate(new HashingEncoder(), LIMITS, GateListener.NONE);
        EmbeddingGate second = behind(first, slow, Duration.ofSeconds(1));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> preparing =
          callers.submit(() -> second.patient().embedTexts(List.of("slow")));
      slow.entered.acquire();
      for (int i = 0; i < 20; i++) {
        assertEquals(1, first.embedTexts(List.of("question " + i)).length);
      }
      assertFalse(preparing.isDone());
      slow.go.release();
      preparing.get();
    }
  }

  @Test
  void itsPassesBeginWhenTheFirstIsIdle() throws Exception {
    Held busy = new Held();
    Held prepared = new Held();
    prepared.go.release(100);
    try (EmbeddingGate first = new EmbeddingGate(busy, LIMITS, GateListener.NONE);
        EmbeddingGate second = behind(first, prepared, Duration.ofMinutes(1));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> question = callers.submit(() -> first.embedTexts(List.of("question")));
      busy.entered.acquire();
      Future<float[][]> preparing =
          callers.submit(() -> second.patient().embedTexts(List.of("kept")));
      assertFalse(prepared.entered.tryAcquire(200, TimeUnit.MILLISECONDS));
      busy.go.release(100);
      question.get();
      assertEquals(1, preparing.get().length);
    }
  }

  @Test
  void itGetsReadyUnderAnyLoad() throws Exception {
    Held busy = new Held();
    Held prepared = new Held();
    prepared.go.release(100);
    try (EmbeddingGate first = new EmbeddingGate(busy, LIMITS, GateListener.NONE);
        EmbeddingGate second = behind(first, prepared, Duration.ofMillis(50));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> question = callers.submit(() -> first.embedTexts(List.of("question")));
      busy.entered.acquire();
      assertEquals(1, second.patient().embedTexts(List.of("kept")).length);
      assertFalse(question.isDone());
      busy.go.release(100);
      question.get();
    }
  }

  /** Each pass held until it is let go. */
  private static final class Held extends EncoderOfTexts {
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);

    @Override
    public float[][] embedTexts(List<String> texts) {
      entered.release();
      go.acquireUninterruptibly();
      return super.embedTexts(texts);
    }
  }
}
