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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Puts another model in the place of the one that answers, without a pause: embeds everything that
 * is kept into a second index while the first goes on answering, catches up with what came
 * meanwhile, and exchanges both at one moment. If the program ends before, nothing has changed but
 * that some vectors of the new model are there already.
 */
final class Succession {
  private static final System.Logger LOG = System.getLogger(Succession.class.getName());

  /** What may be left to embed while nothing can be kept. */
  private static final int FEW = 4;

  private final Store store;
  private final Records records;
  private final SearchIndexes searchable;
  private final Generation next;
  private final ContentEmbedder embedder;
  private final String model;
  private final Consumer<Generation> exchange;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Set<String> indexed = new HashSet<>();
  private final Map<String, Flag> refused = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::run, "precordia-succession");
  private volatile int left = Integer.MAX_VALUE;
  private volatile boolean stopping;

  /**
   * @param exchange called once, while nothing is kept or erased, when the new generation is
   *     complete
   */
  Succession(
      Store store,
      Records records,
      SearchIndexes searchable,
      Generation next,
      int batch,
      Consumer<Generation> exchange) {
    this.store = store;
    this.records = records;
    this.searchable = searchable;
    this.next = next;
    this.embedder = new ContentEmbedder(next.encoder(), batch);
    this.model = next.encoder().ref().sha256();
    this.exchange = exchange;
  }

  void start() {
    searchable.prepare(next.index());
    thread.setDaemon(true);
    thread.start();
  }

  /** Instances still to be embedded by the new model, as far as is known. */
  int left() {
    return left;
  }

  /** Completed at the exchange; exceptionally if it did not come to it. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Gives up, if the exchange has not happened yet. */
  void stop() {
    stopping = true;
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
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

  private void run() {
    try {
      while (true) {
        List<InstanceRecord> lacking = lacking();
        left = lacking.size();
        if (lacking.size() <= FEW) {
          break;
        }
        for (InstanceRecord record : lacking) {
          checkStopping();
          embed(record);
          left--;
        }
      }
      store.exclusively(
          () -> {
            lacking().forEach(this::embed);
            checkStopping();
            refused.forEach(
                (id, flag) -> {
                  if (store.records().contains(id)) {
                    store.records().flag(records.instance(id), flag);
                    searchable.remove(List.of(id));
                  }
                });
            exchange.accept(next);
            return true;
          });
    } catch (RuntimeException | Error e) {
      searchable.abandon(next.index());
      next.retire();
      done.completeExceptionally(e);
      return;
    }
    left = 0;
    done.complete(null);
    dropOldVectors();
  }

  /** The new generation answers already: what is left over of the old one must not end it. */
  private void dropOldVectors() {
    try {
      store.records().vectors().dropOthers(model);
    } catch (PrecordiaException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "vectors of the former model could not be deleted: {0}",
          e.code().id());
    }
  }

  private void checkStopping() {
    if (stopping) {
      throw new PrecordiaException(ErrorCode.NOT_READY, "the service is stopping");
    }
  }

  /** Indexes what the new model has embedded already; returns the rest. */
  private List<InstanceRecord> lacking() {
    List<InstanceRecord> out = new ArrayList<>();
    store
        .records()
        .forEachStored(
            model,
            embedded -> {
              String id = embedded.record().id();
              if (indexed.contains(id) || refused.containsKey(id)) {
                return;
              }
              if (embedded.vectors().isEmpty()) {
                out.add(embedded.record());
              } else {
                index(embedded);
              }
            });
    return out;
  }

  private void embed(InstanceRecord record) {
    ContentEmbedder.Result result;
    try {
      Decoded decoded = records.decoded(record.id());
      Content content = decoded.content();
      result =
          content == null
              ? new ContentEmbedder.Result(List.of(), decoded.flags().getFirst())
              : embedder.embed(List.of(content)).getFirst();
    } catch (PrecordiaException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return; // erased meanwhile
      }
      throw e;
    }
    Flag flag = result.flag();
    if (flag != null || result.vectors().isEmpty()) {
      refused.put(
          record.id(),
          flag == null ? new Flag(ErrorCode.INTERNAL, "the new model gave no vector") : flag);
      return;
    }
    store.exclusively(
        () -> {
          store
              .records()
              .instance(record.id())
              .filter(now -> now.status() == InstanceStatus.STORED)
              .ifPresent(
                  now -> {
                    store.records().vectors().add(now, model, result.vectors());
                    index(new Embedded(now, result.vectors()));
                  });
          return true;
        });
  }

  private void index(Embedded embedded) {
    searchable.addPrepared(List.of(embedded));
    indexed.add(embedded.record().id());
  }
}
