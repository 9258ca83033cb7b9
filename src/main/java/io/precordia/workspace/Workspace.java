package io.precordia.workspace;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.ExactIndex;
import io.precordia.index.VectorIndex;
import io.precordia.index.WordIndex;
import io.precordia.ingest.ContentEmbedder;
import io.precordia.ingest.Decoders;
import io.precordia.ingest.DurableIngest;
import io.precordia.ingest.EncoderSource;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.StandardDecoders;
import io.precordia.ingest.StreamIngest;
import io.precordia.model.Encoder;
import io.precordia.store.Completions;
import io.precordia.store.Embedded;
import io.precordia.store.ImagingOrders;
import io.precordia.store.InstanceRecord;
import io.precordia.store.MessageRefusals;
import io.precordia.store.OpaqueIds;
import io.precordia.store.Outbox;
import io.precordia.store.SealedFiles;
import io.precordia.store.Store;
import io.precordia.study.ImagingOrder;
import io.precordia.study.PatientDemographics;
import io.precordia.workspace.catalogue.DicomCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: one opened data directory with its model, indexes, way in and ways to ask.
 * Everything it hands out is thread-safe and lives until {@link #close}.
 */
public final class Workspace implements AutoCloseable {
  private final Store store;
  private volatile Generation generation;
  private final int batch;
  private volatile @Nullable Succession succession;
  private final WordIndex words = new WordIndex();
  private final Records records;
  private final SearchIndexes searchable;
  private final DurableIngest ingest;
  private final Reembedding reembedding;
  private final DicomCatalogue catalogue;

  /** Subjects that were merged, unmerged or corrected while another model was being prepared. */
  private final Set<String> touched = ConcurrentHashMap.newKeySet();

  private Workspace(Store store, Encoder encoder, WorkspaceOptions options) {
    Decoders decoders = StandardDecoders.create();
    this.store = store;
    this.generation = new Generation(encoder, index(encoder));
    this.batch = options.ingest().batch();
    this.records = new Records(store, decoders, options.ingest().issuers());
    this.searchable = new SearchIndexes(generation.index(), words, this::moved);
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
    this.ingest = new DurableIngest(store, decoders, this::use, searchable, options.ingest());
    this.reembedding =
        new Reembedding(
            store,
            records,
            new ContentEmbedder(encoder, options.ingest().batch()),
            encoder.ref().sha256(),
            searchable,
            stale);
    reembedding.start();
    this.catalogue =
        new DicomCatalogue(store, ingest, options.ingest().issuers(), options.catalogueCached());
    catalogue.start();
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

  /** The data directory. */
  public Path directory() {
    return store.directory();
  }

  /** The way in. */
  public Ingest ingest() {
    return ingest;
  }

  /** Notes of one kind that survive a restart. */
  public SealedFiles notes(String kind) {
    return store.notes(kind);
  }

  /** Ids for notes. */
  public OpaqueIds ids() {
    return store.ids();
  }

  /** The way in for files that come in pieces. */
  public StreamIngest streams() {
    return ingest;
  }

  /** What DICOM objects are kept. */
  public DicomCatalogue catalogue() {
    return catalogue;
  }

  /** What was ordered. */
  public ImagingOrders orders() {
    return store.orders();
  }

  /** HL7 messages that were not accepted. */
  public MessageRefusals refusals() {
    return store.refusals();
  }

  /** Which studies are complete. */
  public Completions completions() {
    return store.completions();
  }

  /** What is to be delivered. */
  public Outbox outbox() {
    return store.outbox();
  }

  /** What is kept. */
  public Records records() {
    return records;
  }

  /** The secret of this store that replacements in de-identified exports hang on; 32 bytes. */
  public byte[] deidentificationSecret() {
    return store.deidentificationSecret();
  }

  /** The index that answers now. */
  public VectorIndex index() {
    return generation.index();
  }

  /** The model and index that answer now. */
  public Generation generation() {
    return generation;
  }

  /** The words of every searchable report. */
  public WordIndex words() {
    return words;
  }

  /** The encoder that answers now. */
  public Encoder encoder() {
    return generation.encoder();
  }

  /**
   * Puts another model in the place of this one without a pause: everything is embedded again into
   * a second index while the first answers; then both are exchanged at one moment, and the old
   * encoder is closed when its last use has ended.
   *
   * @param encoder the workspace closes it, whatever happens
   * @param choice kept in the data directory just before the exchange, so that the next start uses
   *     the model again; if it cannot be kept, nothing is exchanged
   * @param exchanged called at the moment of the exchange with the new generation
   * @return completed at the exchange
   * @throws PrecordiaException CONFLICT while another exchange or re-embedding is under way
   */
  public synchronized CompletableFuture<Void> succeed(
      Encoder encoder, ModelChoice choice, Consumer<Generation> exchanged) {
    if (reembedding.left() > 0 || (succession != null && !succession.done().isDone())) {
      encoder.close();
      throw new PrecordiaException(
          ErrorCode.CONFLICT, "the store is being embedded again already; wait for its end");
    }
    Succession next =
        new Succession(
            store,
            records,
            searchable,
            new Generation(encoder, index(encoder)),
            batch,
            successor -> {
              choice.write(store.directory());
              Generation old = generation;
              generation = successor;
              searchable.exchange(successor.index());
              exchanged.accept(successor);
              touched.forEach(this::reindex);
              touched.clear();
              // Uses of the old one may wait for the lock that is held here.
              Thread.ofVirtual().start(old::retire);
            });
    succession = next;
    next.start();
    return next.done();
  }

  private static VectorIndex index(Encoder encoder) {
    return new ExactIndex(
        encoder.dimension(), Math.min(2, Runtime.getRuntime().availableProcessors()));
  }

  private EncoderSource.Use use() {
    while (true) {
      Generation now = generation;
      if (now.enter()) {
        return now.use(() -> now == generation);
      }
    }
  }

  /**
   * Instances that were embedded by another model and are not yet by this one; they become
   * searchable one by one in the background.
   */
  public int stillToReembed() {
    Succession next = succession;
    return next == null || next.done().isDone() ? reembedding.left() : next.left();
  }

  /**
   * Erases a subject by its id, with every subject that was merged with it: index, rows, vectors,
   * keys, content. The id of a subject that was merged away stands for the surviving one. What was
   * accepted before is processed first, so that nothing of the subject is left waiting.
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
          Set<String> members = store.subjects().members(store.subjects().surviving(subject));
          List<String> instances = store.erase(subject);
          searchable.remove(instances);
          members.forEach(catalogue::remove);
          return instances;
        });
  }

  /**
   * Reports everything of one subject under another from now on, in records and index.
   *
   * @param merged may be unknown here yet: what comes later goes to the surviving subject
   * @param source who said so: hl7 or rest
   * @return whether anything changed
   * @throws PrecordiaException CONFLICT if {@code merged} was merged into a third subject, or
   *     {@code surviving} into {@code merged}
   */
  public boolean merge(String merged, String surviving, String source) {
    return merge(merged, surviving, null, source);
  }

  /**
   * The same, with who the surviving patient is: DICOM queries answer with it.
   *
   * @param patient null if that is not known; then its own objects tell, if there are any
   */
  public boolean merge(
      String merged, String surviving, @Nullable PatientDemographics patient, String source) {
    return store.exclusively(
        () -> {
          boolean changed = store.merge(merged, surviving, patient, source);
          if (changed) {
            if (store.joins().align(surviving)) {
              moved(surviving);
            }
            moved(merged);
          }
          return changed;
        });
  }

  /**
   * Keeps orders of a subject durably and brings its reports into the studies that they lead to.
   */
  public void ordered(String subject, List<ImagingOrder> orders) {
    boolean unused =
        store.exclusively(
            () -> {
              store.orders().put(subject, orders);
              boolean changed = store.joins().align(subject);
              if (changed) {
                moved(subject);
              }
              return changed;
            });
  }

  /**
   * Undoes a merge.
   *
   * @return the subject that had survived
   * @throws PrecordiaException NOT_FOUND if the subject is not merged into another
   */
  public String unmerge(String merged, String source) {
    return store.exclusively(
        () -> {
          String surviving = store.unmerge(merged, source);
          store.joins().align(merged);
          if (store.joins().align(surviving)) {
            moved(surviving);
          }
          moved(merged);
          return surviving;
        });
  }

  /**
   * Corrects sex and ages of everything that is kept of a subject, in records and index.
   *
   * @param sex M, F or O; null leaves it as it is
   * @param born ages are reckoned again from it; null leaves them
   * @return number of instances that changed
   */
  public int correct(String subject, @Nullable String sex, @Nullable LocalDate born) {
    return store.exclusively(
        () -> {
          List<InstanceRecord> changed =
              new Demographics(sex, born).correct(store.subjects().instances(subject));
          if (!changed.isEmpty()) {
            store.correct(changed);
            moved(subject);
          }
          return changed.size();
        });
  }

  private void moved(String subject) {
    Succession next = succession;
    if (next != null && !next.done().isDone()) {
      touched.add(subject);
    }
    reindex(subject);
  }

  private void reindex(String subject) {
    String model = encoder().ref().sha256();
    for (InstanceRecord record : store.subjects().instances(subject)) {
      List<float[]> vectors = store.records().vectors().of(record, model);
      if (!vectors.isEmpty()) {
        searchable.add(List.of(new Embedded(record, vectors)));
      }
    }
  }

  @Override
  public void close() {
    reembedding.close();
    catalogue.close();
    Succession next = succession;
    if (next != null) {
      next.stop();
    }
    ingest.close();
    store.close();
    generation.encoder().close();
  }
}
