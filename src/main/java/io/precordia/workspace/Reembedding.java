package io.precordia.workspace;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.ContentEmbedder;
import io.precordia.store.Embedded;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.Store;
import io.precordia.study.Content;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Embeds again, in the background, what another model embedded: vectors of two models cannot be
 * compared. Each instance is indexed as it is done; if the program ends before, the next start goes
 * on with the rest.
 */
final class Reembedding implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reembedding.class.getName());
  private final Store store;
  private final Records records;
  private final ContentEmbedder embedder;
  private final String model;
  private final SearchIndexes searchable;
  private final List<InstanceRecord> stale;
  private final AtomicInteger left;
  private final Thread thread = new Thread(this::run, "precordia-reembed");
  private volatile boolean stopping;

  Reembedding(
      Store store,
      Records records,
      ContentEmbedder embedder,
      String model,
      SearchIndexes searchable,
      List<InstanceRecord> stale) {
    this.store = store;
    this.records = records;
    this.embedder = embedder;
    this.model = model;
    this.searchable = searchable;
    this.stale = List.copyOf(stale);
    this.left = new AtomicInteger(stale.size());
  }

  void start() {
    if (!stale.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "the model has changed: {0} instances are embedded again in the background",
          stale.size());
      thread.setDaemon(true);
      thread.start();
    }
  }

  int left() {
    return left.get();
  }

  private void run() {
    for (InstanceRecord record : stale) {
      if (stopping) {
        return;
      }
      try {
        embed(record);
      } catch (RuntimeException | Error e) {
        String what =
            e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName();
        LOG.log(System.Logger.Level.WARNING, "an instance could not be embedded again: {0}", what);
      }
      left.decrementAndGet();
    }
  }

  private void embed(InstanceRecord record) {
    Decoded decoded = records.decoded(record.id());
    Content content = decoded.content();
    ContentEmbedder.Result result =
        content == null
            ? new ContentEmbedder.Result(List.of(), decoded.flags().getFirst())
            : embedder.embed(List.of(content)).getFirst();
    Flag flag = result.flag();
    store.exclusively(
        () -> {
          InstanceRecord now = store.records().instance(record.id()).orElse(null);
          if (now == null || now.status() != InstanceStatus.STORED) {
            return false; // erased, or superseded, meanwhile
          }
          if (flag != null || result.vectors().isEmpty()) {
            store
                .records()
                .flag(
                    now,
                    flag != null
                        ? flag
                        : new Flag(ErrorCode.INTERNAL, "the new model gave no vector"));
            return false;
          }
          store.records().vectors().replace(now, model, result.vectors());
          searchable.add(List.of(new Embedded(now, result.vectors())));
          return true;
        });
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
