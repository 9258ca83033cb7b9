package io.precordia.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that all begin together and each ask again as soon as they are answered, until a number
 * of requests is done.
 *
 * @param latencies of every request
 * @param nanos from the first request's begin to the last one's end
 * @param processorNanos time of all cores that this process used meanwhile, which other programs on
 *     the machine change little
 */
record ClientLoad(Latencies latencies, int requests, long nanos, long processorNanos) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * @throws ExecutionException with what a request threw
   */
  static ClientLoad run(int clients, int requests, Runnable request)
      throws ExecutionException, InterruptedException {
    AtomicInteger left = new AtomicInteger(requests);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<List<Long>>> answers = new ArrayList<>();
    Latencies latencies = new Latencies(requests);
    try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        answers.add(
            pool.submit(
                () -> {
                  List<Long> own = new ArrayList<>();
                  start.await();
                  while (left.getAndDecrement() > 0) {
                    long begun = System.nanoTime();
                    request.run();
                    own.add(System.nanoTime() - begun);
                  }
                  return own;
                }));
      }
      long used = processorTime();
      long begun = System.nanoTime();
      start.countDown();
      for (Future<List<Long>> answer : answers) {
        answer.get().forEach(latencies::add);
      }
      return new ClientLoad(latencies, requests, System.nanoTime() - begun, processorTime() - used);
    }
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  double processorMillisPerRequest() {
    return processorNanos / NANOS_PER_MILLI / requests;
  }

  double perSecond() {
    return requests * NANOS_PER_SECOND / nanos;
  }
}
