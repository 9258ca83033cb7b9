package io.precordia.workspace;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.ExactIndex;
import io.precordia.index.VectorIndex;
import io.precordia.index.WordIndex;
import io.precordia.ingest.ContentEmbedder;
import io.precordia.ingest.Decoders;
import io.precordia.ingest.DurableIngest;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.StandardDecoders;
import io.precordia.model.Encoder;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The composition root: one opened data directory with its model, indexes, way in and ways to ask.
 * Everything it hands out is thread-safe and lives until {@link #close}.
 */
public final class Workspace implements AutoCloseable {
  private final Store store;
  private final Encoder encoder;
  private final VectorIndex index;
  private final WordIndex words = new WordIndex();
  private final Records records;
  private final SearchIndexes searchable;
  private final DurableIngest ingest;
  private final Reembedding reembedding;

  private Workspace(Store store, Encoder encoder, WorkspaceOptions options) {
    Decoders decoders = StandardDecoders.create();
    this.store = store;
    this.encoder = encoder;
    this.index =
        new ExactIndex(
            encoder.dimension(), Math.min(2, Runtime.getRuntime().availableProcessors()));
    this.records = new Records(store, decoders);
    this.searchable = new SearchIndexes(index, words);
    List<InstanceRecord> stale = new ArrayList<>();
    store
        .records()
        .forEachStored(
            encoder.ref().sha256(),
            embedded -> {
              if (embedded.vectors().isEmpty()) {
                stale.add(embedded.record());
              } else {
                searchable.add(List.of(embedded));
              }
            });
    this.ingest = new DurableIngest(store, decoders, encoder, searchable, options.ingest());
    this.reembedding =
        new Reembedding(
            store,
            records,
            new ContentEmbedder(encoder, options.ingest().batch()),
            encoder.ref().sha256(),
            searchable,
            stale);
    reembedding.start();
  }

  /**
   * Opens a data directory, making it if it is missing, and rebuilds the indexes from it.
   *
   * @param encoder makes the encoder; the workspace closes it
   * @throws io.precordia.error.PrecordiaException CONFLICT if another process has the directory
   *     open, CORRUPT_STORE if the master key is not the one it was written with, STORAGE_FULL,
   *     INVALID_CONFIGURATION
   */
  public static Workspace open(
      Path data, Supplier<? extends Encoder> encoder, WorkspaceOptions options) {
    Store store = Store.open(data, options.masterKey());
    try {
      Encoder made = encoder.get();
      try {
        return new Workspace(store, made, options);
      } catch (RuntimeException | Error e) {
        made.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /** The way in. */
  public Ingest ingest() {
    return ingest;
  }

  /** What is kept. */
  public Records records() {
    return records;
  }

  public VectorIndex index() {
    return index;
  }

  /** The words of every searchable report. */
  public WordIndex words() {
    return words;
  }

  public Encoder encoder() {
    return encoder;
  }

  /**
   * Instances that were embedded by another model and are not yet by this one; they become
   * searchable one by one in the background.
   */
  public int stillToReembed() {
    return reembedding.left();
  }

  /**
   * Erases a subject by its id: index, rows, vectors, key, content. What was accepted before is
   * processed first, so that nothing of the subject is left waiting.
   *
   * @return the ids of the instances that were erased
   * @throws PrecordiaException BUSY if the queue does not empty within a minute
   */
  public List<String> erase(String subject) {
    if (!ingest.drain(Duration.ofMinutes(1))) {
      throw new PrecordiaException(
          ErrorCode.BUSY, "the queue has not been emptied yet; try the erasure again in a minute");
    }
    return store.exclusively(
        () -> {
          List<String> instances = store.erase(subject);
          searchable.remove(instances);
          return instances;
        });
  }

  @Override
  public void close() {
    reembedding.close();
    ingest.close();
    store.close();
    encoder.close();
  }
}
