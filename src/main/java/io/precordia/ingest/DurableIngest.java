package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.DurableFiles;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.Store;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The embedded way in: a durable inbox on disk and one worker that decodes, embeds, keeps and
 * indexes in batches. An entry leaves the inbox only when its instance is kept durably, and an
 * instance is kept once per id: so a crash at any moment loses nothing acknowledged and indexes
 * nothing twice.
 */
public final class DurableIngest implements Ingest, StreamIngest {
  private final Store store;
  private final IngestLimits limits;
  private final Inbox inbox;

  /** Looked up once: finding it reads the whole mount table. */
  private final FileStore disk;

  private final Waiting waiting;
  private final WorkQueue queue = new WorkQueue();
  private final Receptions receptions = new Receptions();
  private final AtomicLong sequence;
  private final InboxWorker worker;
  private volatile boolean closed;

  /**
   * Resumes what the inbox holds and starts the worker.
   *
   * @param searchable told of every instance stored from now on; the caller has given it the ones
   *     stored before
   */
  public DurableIngest(
      Store store,
      FileDecoder decoder,
      EncoderSource encoders,
      Searchable searchable,
      IngestOptions options) {
    this.store = store;
    this.limits = options.limits();
    this.disk = disk(store);
    this.inbox = new Inbox(store.directory().resolve("inbox"), store.inboxKey());
    this.waiting = new Waiting(limits);
    List<Inbox.Entry> left = inbox.recover();
    this.sequence = new AtomicLong(left.isEmpty() ? 0 : left.getLast().sequence() + 1);
    for (Inbox.Entry entry : left) {
      waiting.resume(entry.id(), entry.bytes());
      queue.resume(entry);
    }
    this.worker =
        new InboxWorker(
            store,
            inbox,
            waiting,
            queue,
            new BatchProcessor(store, decoder, encoders, searchable, options),
            options.batch(),
            this::givesWay);
    worker.start();
  }

  private static FileStore disk(Store store) {
    try {
      return Files.getFileStore(store.directory());
    } catch (IOException e) {
      throw DurableFiles.failure("the data directory's disk cannot be found", e);
    }
  }

  @Override
  public IngestLimits limits() {
    return limits;
  }

  @Override
  public void admit(long bytes) {
    checkSize(bytes);
    waiting.admit(bytes);
    checkDisk(bytes);
  }

  void checkSize(long bytes) {
    if (closed) {
      throw new PrecordiaException(
          ErrorCode.NOT_READY, "the service is stopping; send it again later");
    }
    if (bytes > limits.submissionBytes()) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE,
          "the submission has more than "
              + (limits.submissionBytes() >> 20)
              + " MiB ("
              + limits.submissionBytes()
              + " bytes)");
    }
  }

  void checkDisk(long bytes) {
    try {
      // Until it is processed a submission lies here twice: in the inbox and as a blob.
      if (disk.getUsableSpace() - 2 * bytes < limits.freeBytes()) {
        throw new PrecordiaException(
            ErrorCode.STORAGE_FULL, "the data directory's disk is nearly full; free some space");
      }
    } catch (IOException e) {
      throw DurableFiles.failure("the free disk space cannot be read", e);
    }
  }

  @Override
  public Receipt receive(Submission submission) {
    if (submission.parts().isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "a submission needs at least one file");
    }
    long size = submission.parts().stream().mapToLong(p -> p.bytes().length).sum();
    Identity sender = IdentityMerge.merge(submission.identity(), Identity.UNKNOWN);
    String id =
        store
            .ids()
            .instanceOfDigests(
                submission.parts().stream().map(p -> ContentDigest.of(p.bytes())).toList(),
                sender.subject(),
                sender.study());
    return admit(id, size, () -> inbox.write(sequence.getAndIncrement(), id, submission));
  }

  @Override
  public Reception open() {
    checkSize(0);
    waiting.admit(0);
    checkDisk(0);
    return new InboxReception(this, receptions, inbox.spool());
  }

  Receipt commit(InboxSpool spool, long size, byte[] digest, String name, Identity given) {
    Identity sender = IdentityMerge.merge(given, Identity.UNKNOWN);
    String id = store.ids().instanceOfDigests(List.of(digest), sender.subject(), sender.study());
    return admit(id, size, () -> inbox.keep(spool, sequence.getAndIncrement(), id, name, given));
  }

  // Takes the place of an instance in the line and lets it be written, unless it is there already.
  private Receipt admit(String id, long size, Supplier<Inbox.Entry> write) {
    checkSize(size);
    try {
      if (waiting.enter(id, size) == Waiting.Admission.DUPLICATE) {
        return new Receipt(id, true);
      }
    } catch (PrecordiaException e) {
      if (store.records().contains(id)) {
        return new Receipt(id, true); // needs no place in the line
      }
      throw e;
    }
    // Looked up with the place taken: what was processed before that is seen.
    if (store.records().contains(id)) {
      waiting.done(id);
      return new Receipt(id, true);
    }
    Inbox.Entry entry;
    try {
      checkDisk(size);
      entry = write.get();
    } catch (RuntimeException | Error e) {
      waiting.done(id);
      throw e;
    }
    waiting.durable(id);
    queue.add(entry);
    return new Receipt(id, false);
  }

  // Taking in comes before working off, as long as the line is far from full.
  private boolean givesWay() {
    return receptions.busy() && !closed && waiting.size() < limits.queued() / 2;
  }

  @Override
  public List<Outcome> await(List<String> instances, Duration atMost) {
    waiting.await(instances, atMost);
    List<Outcome> outcomes = new ArrayList<>();
    for (String id : instances) {
      outcomes.add(outcome(id));
    }
    return outcomes;
  }

  private Outcome outcome(String id) {
    boolean wait = waiting.contains(id);
    return store
        .records()
        .instance(id)
        .map(DurableIngest::outcome)
        .orElseGet(
            () -> {
              if (!wait) {
                throw new PrecordiaException(
                    ErrorCode.NOT_FOUND, "no instance with this id was accepted here");
              }
              return new Outcome(id, "", "", Outcome.Status.RECEIVED, null, "", List.of());
            });
  }

  /** The outcome that a kept instance stands for. */
  public static Outcome outcome(InstanceRecord record) {
    return new Outcome(
        record.id(),
        record.study(),
        record.subject(),
        record.status() == InstanceStatus.STORED ? Outcome.Status.STORED : Outcome.Status.FLAGGED,
        record.modality(),
        record.format(),
        record.flags());
  }

  /** Waits until whatever waits now is processed; false if the time was over before. */
  public boolean drain(Duration atMost) {
    List<String> now = waiting.ids();
    waiting.await(now, atMost);
    return now.stream().noneMatch(waiting::contains);
  }

  /** Whether an instance was accepted and is not processed yet. */
  public boolean waits(String instance) {
    return waiting.contains(instance);
  }

  @Override
  public int pending() {
    return waiting.size();
  }

  @Override
  public void close() {
    closed = true;
    worker.close();
  }
}
