package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.Store;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that empties the inbox. An entry that fails again and again is flagged and put aside;
 * a full disk is waited for.
 */
final class InboxWorker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InboxWorker.class.getName());
  private static final int TRIES = 3;
  private static final int MAX_CRASHES = 5;

  /** Longest that one batch waits for those who are sending. */
  private static final int GIVE_WAY_MILLIS = 3_000;

  private final Store store;
  private final Inbox inbox;
  private final Waiting waiting;
  private final WorkQueue queue;
  private final BatchProcessor processor;
  private final int batch;
  private final BooleanSupplier givesWay;
  private final Thread thread = new Thread(this::run, "precordia-ingest");
  private volatile boolean stopping;

  InboxWorker(
      Store store,
      Inbox inbox,
      Waiting waiting,
      WorkQueue queue,
      BatchProcessor processor,
      int batch,
      BooleanSupplier givesWay) {
    this.store = store;
    this.inbox = inbox;
    this.waiting = waiting;
    this.queue = queue;
    this.processor = processor;
    this.batch = batch;
    this.givesWay = givesWay;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!stopping) {
      try {
        giveWay();
        List<Inbox.Entry> entries = queue.next(batch);
        if (!entries.isEmpty()) {
          work(entries);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the ingest worker met an unexpected {0}; it goes on",
            e.getClass().getSimpleName());
      }
    }
  }

  // Who sends waits for us, so it goes first; but a steady trickle must not hold the work up.
  private void giveWay() throws InterruptedException {
    for (long given = 0; given < GIVE_WAY_MILLIS && !stopping && givesWay.getAsBoolean(); ) {
      Thread.sleep(20);
      given += 20;
    }
  }

  private void work(List<Inbox.Entry> entries) throws InterruptedException {
    inbox.working(entries);
    try {
      processed(entries);
    } catch (RuntimeException | Error e) {
      if (stopping) {
        return;
      }
      log(e);
      for (Inbox.Entry entry : entries) {
        alone(entry);
      }
    }
    inbox.working(List.of());
  }

  private void alone(Inbox.Entry entry) throws InterruptedException {
    int tries = 0;
    long pause = 250;
    while (!stopping) {
      try {
        processed(List.of(entry));
        return;
      } catch (RuntimeException | Error e) {
        log(e);
        if (e instanceof PrecordiaException p && p.code() == ErrorCode.STORAGE_FULL) {
          rest(pause);
          pause = Math.min(30_000, pause * 2);
        } else if (++tries >= TRIES) {
          putAside(
              entry,
              new Flag(
                  ErrorCode.INTERNAL,
                  "processing failed " + TRIES + " times (" + e.getClass().getSimpleName() + ")"));
          return;
        }
      }
    }
  }

  // In short sleeps, so that closing need not interrupt: an interrupt could close a file in the
  // middle of a write.
  private void rest(long millis) throws InterruptedException {
    for (long slept = 0; slept < millis && !stopping; slept += 50) {
      Thread.sleep(50);
    }
  }

  private void processed(List<Inbox.Entry> entries) {
    List<BatchProcessor.Item> items = new ArrayList<>();
    for (Inbox.Entry entry : entries) {
      if (store.records().contains(entry.id())) {
        processor.resume(entry.id());
        continue; // kept before a crash that came ahead of its removal
      }
      if (entry.crashes() >= MAX_CRASHES) {
        processor.flag(
            read(entry),
            new Flag(
                ErrorCode.INTERNAL,
                "the program ended "
                    + entry.crashes()
                    + " times while it processed this; it is not tried again"));
        continue;
      }
      BatchProcessor.Item item = read(entry);
      items.add(item);
    }
    if (!items.isEmpty()) {
      processor.process(items);
    }
    entries.forEach(this::finish);
  }

  private BatchProcessor.Item read(Inbox.Entry entry) {
    return new BatchProcessor.Item(entry.id(), inbox.read(entry));
  }

  private void putAside(Inbox.Entry entry, Flag reason) {
    try {
      BatchProcessor.Item item;
      @Nullable Flag damage = null;
      try {
        item = read(entry);
      } catch (PrecordiaException e) {
        damage = new Flag(e.code(), String.valueOf(e.getMessage()));
        item =
            new BatchProcessor.Item(
                entry.id(), new Submission(List.of(new Part("", new byte[0])), Identity.UNKNOWN));
      }
      processor.flag(item, damage == null ? reason : damage);
      finish(entry);
    } catch (RuntimeException e) {
      log(e); // it stays in the inbox for the next start
    }
  }

  private void finish(Inbox.Entry entry) {
    inbox.remove(entry);
    waiting.done(entry.id());
  }

  private static void log(Throwable e) {
    // Kinds and codes only: a message of a library may repeat content.
    String what = e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName();
    LOG.log(System.Logger.Level.WARNING, "processing a submission failed: {0}", what);
  }

  @Override
  public void close() {
    stopping = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    processor.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
