package io.precordia.train.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/** Makes the batches of coming steps on other threads, in order. */
final class Prefetcher implements AutoCloseable {
  private final ExecutorService threads;
  private final LongFunction<TrainingBatch> maker;
  private final Deque<Future<TrainingBatch>> ahead = new ArrayDeque<>();
  private final int depth;
  private final long last;
  private long next;
  private long waitedNanos;

  /**
   * @param first first step wanted
   * @param last step after the last one wanted
   */
  Prefetcher(LongFunction<TrainingBatch> maker, long first, long last, int workers) {
    this.maker = maker;
    this.next = first;
    this.last = last;
    this.depth = 2 * workers;
    this.threads =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().name("batch-", 0).daemon(true).factory());
  }

  TrainingBatch take() throws InterruptedException {
    while (ahead.size() < depth && next < last) {
      long step = next++;
      ahead.add(threads.submit(() -> maker.apply(step)));
    }
    long start = System.nanoTime();
    try {
      return ahead.remove().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } finally {
      waitedNanos += System.nanoTime() - start;
    }
  }

  /** Time that the compute thread stood waiting. */
  long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
