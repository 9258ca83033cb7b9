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

@Timeout(20)
class GenerationLineTest {
  private static ErrorCode refused(GenerationLine line, Cancellation cancellation) {
    return assertThrows(PrecordiaException.class, () -> line.inTurn(cancellation, () -> "never"))
        .code();
  }

  @Test
  void theLineIsBoundedInLengthAndTimeAndLosesThoseWhoGo() throws Exception {
    GenerationLine one = new GenerationLine(new GenerationLimits(1, 1, Duration.ofMillis(300), 1));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> running =
          callers.submit(
              () ->
                  one.inTurn(
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
      Cancellation gone = new Cancellation();
      Future<ErrorCode> left = callers.submit(() -> refused(one, gone));
      Thread.sleep(60);
      assertEquals(ErrorCode.BUSY, refused(one, new Cancellation()), "the line is full");
      gone.cancel();
      assertEquals(ErrorCode.CANCELLED, left.get());
      assertEquals(ErrorCode.BUSY, refused(one, new Cancellation()), "the turn does not come");
      go.countDown();
      assertEquals("ran", running.get());
      assertEquals("next", one.inTurn(new Cancellation(), () -> "next"));
    }
  }
}
