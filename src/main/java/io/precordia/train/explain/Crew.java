package io.precordia.train.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works through tasks on all cores and hands the results over in the tasks' order. */
final class Crew {
  private Crew() {}

  static <T> List<T> all(List<Callable<T>> tasks) {
    int workers = Runtime.getRuntime().availableProcessors();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<T> out = new ArrayList<>();
      for (Future<T> done : threads.invokeAll(tasks)) {
        out.add(done.get());
      }
      return out;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the evaluation was interrupted", e);
    }
  }
}
