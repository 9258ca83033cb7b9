package io.precordia.delivery;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.CompletionRow;
import io.precordia.store.Completions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The thread that finds complete studies and has their work done, one after the other. What it
 * knows is in the store, so a restart goes on where it was. Work that fails is tried again with
 * growing pauses and is stuck after {@value #TRIES} attempts.
 */
public final class StudyCompletion implements AutoCloseable {
  static final int TRIES = 8;
  private static final System.Logger LOG = System.getLogger(StudyCompletion.class.getName());
  private static final int MOST = 10_000;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

  private final Completions completions;
  private final CompletionPolicy policy;
  private final CompletionWork work;
  private final BackOff backOff = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(5));
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Thread thread = new Thread(this::run, "precordia-completion");
  private volatile boolean stopping;

  public StudyCompletion(Completions completions, CompletionPolicy policy, CompletionWork work) {
    this.completions = completions;
    this.policy = policy;
    this.work = work;
  }

  /** Starts the thread. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    Duration quarter = policy.shortestWindow().dividedBy(4);
    Duration pause =
        quarter.compareTo(LONGEST_PAUSE) > 0
            ? LONGEST_PAUSE
            : quarter.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : quarter;
    while (!stopping) {
      try {
        for (CompletionRow row : due(Instant.now())) {
          if (stopping) {
            return;
          }
          complete(row);
        }
        rest(pause);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        log(e);
        try {
          rest(LONGEST_PAUSE);
        } catch (InterruptedException stop) {
          return;
        }
      }
    }
  }

  private List<CompletionRow> due(Instant now) {
    List<CompletionRow> out = new ArrayList<>(completions.counted(now, MOST));
    for (CompletionRow row : completions.quietSince(now.minus(policy.shortest()), now, MOST)) {
      Integer said = row.expected();
      boolean counted = said != null && row.evidence() >= said; // those are in the list already
      if (!counted && !policy.due(row).isAfter(now)) {
        out.add(row);
      }
    }
    return out;
  }

  private void complete(CompletionRow row) {
    try {
      work.completed(row);
      completions.complete(row, Instant.now());
    } catch (RuntimeException | Error e) {
      if (stopping) {
        return;
      }
      log(e);
      ErrorCode code = e instanceof PrecordiaException p ? p.code() : ErrorCode.INTERNAL;
      int failures = row.attempts() + 1;
      completions.failed(
          row,
          code,
          failures >= TRIES ? null : Instant.now().plus(backOff.after(failures, random)));
    }
  }

  // In short sleeps, so that closing need not interrupt: an interrupt could close the database
  // file.
  private void rest(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    while (!stopping && System.nanoTime() < end) {
      Thread.sleep(Math.min(50, Math.max(1, pause.toMillis())));
    }
  }

  private static void log(Throwable e) {
    String what = e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName();
    LOG.log(System.Logger.Level.WARNING, "the work of a complete study failed: {0}", what);
  }

  /** Waits for the work in progress. */
  @Override
  public void close() {
    stopping = true;
    Threads.join(thread);
  }
}
