package io.precordia.serve.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GenerationLineTest {
  private static ErrorCode refused(GenerationLine line, Cancellation cancellation) {
    return assertThrows(PrecordiaException.class, () -> line.inTurn(cancellation, () -> "never"))
        .code();
  }

  /** Someone whose turn lasts until it is let go. */
  private static Future<String> occupied(
      GenerationLine line, ExecutorService callers, CountDownLatch go) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    Future<String> running =
        callers.submit(
            () ->
                line.inTurn(
                    new Cancellation(),
                    () -> {
                      inside.countDown();
                      try {
                        go.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return "ran";
                    }));
    inside.await();
    return running;
  }

  @Test
  void theLineIsBoundedInLengthAndLosesThoseWhoGo() throws Exception {
    GenerationLine one = new GenerationLine(new GenerationLimits(1, 1, Duration.ofMinutes(5), 1));
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> running = occupied(one, callers, go);
      Cancellation gone = new Cancellation();
      Future<ErrorCode> left = callers.submit(() -> refused(one, gone));
      while (one.waiting() < 1) {
        Thread.sleep(1);
      }
      assertEquals(ErrorCode.BUSY, refused(one, new Cancellation()), "the line is full");
      gone.cancel();
      assertEquals(ErrorCode.CANCELLED, left.get());
      go.countDown();
      assertEquals("ran", running.get());
      assertEquals("next", one.inTurn(new Cancellation(), () -> "next"));
    }
  }

  @Test
  void aTurnThatDoesNotComeInTimeIsNotWaitedFor() throws Exception {
    GenerationLine one = new GenerationLine(new GenerationLimits(1, 1, Duration.ofMillis(100), 1));
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> running = occupied(one, callers, go);
      assertEquals(ErrorCode.BUSY, refused(one, new Cancellation()));
      assertEquals(0, one.waiting());
      go.countDown();
      assertEquals("ran", running.get());
    }
  }
}
