package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.PatientDemographics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One data directory: a lock against a second process, keys, encrypted blobs and records.
 *
 * <pre>
 *   DIR/lock               held while open
 *   DIR/keys/master.key    unless the key is given
 *   DIR/db/records.mv.db   H2
 *   DIR/blobs/xx/ID        encrypted content
 *   DIR/inbox/             accepted, not yet processed (ingest)
 * </pre>
 *
 * Thread-safe.
 */
public final class Store implements AutoCloseable {
  private static final int WRITERS = 4;
  private final Path directory;
  private final DirectoryLock lock;
  private final Database database;
  private final KeyRing keys;
  private final OpaqueIds ids;
  private final BlobStore blobs;
  private final RecordStore records;
  private final Outbox outbox;
  private final SubjectAliases aliases;
  private final Subjects subjects;
  private final Patients patients;
  private final ImagingOrders orders;
  private final StudyJoins joins;
  private final MessageRefusals refusals;
  private final DataKey inboxKey;
  private final ReentrantLock writing = new ReentrantLock();
  private final ExecutorService writers =
      Executors.newFixedThreadPool(
          WRITERS, Thread.ofPlatform().daemon().name("precordia-blobs-", 0).factory());

  private Store(Path directory, DirectoryLock lock, Database database, MasterKey master) {
    this.directory = directory;
    this.lock = lock;
    this.database = database;
    this.keys = new KeyRing(database, master);
    this.ids = new OpaqueIds(keys.ofStore("ids"));
    this.inboxKey = keys.ofStore("inbox");
    this.blobs = new BlobStore(directory.resolve("blobs"));
    this.aliases = new SubjectAliases(database, ids);
    this.records = new RecordStore(database, keys, ids, aliases);
    this.orders = new ImagingOrders(database, keys, ids, aliases);
    this.refusals = new MessageRefusals(database, keys.ofStore("hl7"));
    this.joins =
        new StudyJoins(
            database,
            ids,
            records,
            orders,
            aliases,
            new ReportMoves(database, keys, ids, aliases, records.completions()));
    this.outbox = new Outbox(database, keys, ids, blobs);
    this.patients = new Patients(database, keys);
    this.subjects = new Subjects(database, records, aliases, ids);
  }

  /**
   * Opens a data directory, making it if it is missing.
   *
   * @param master the master key, or null for the one in the directory
   * @throws PrecordiaException CONFLICT if another process has it open, CORRUPT_STORE if the master
   *     key is another one, INVALID_CONFIGURATION, STORAGE_FULL
   */
  public static Store open(Path directory, @Nullable MasterKey master) {
    try {
      DurableFiles.directory(directory);
      DurableFiles.directory(directory.resolve("keys"));
      DurableFiles.directory(directory.resolve("db"));
      DurableFiles.directory(directory.resolve("blobs"));
    } catch (IOException e) {
      throw DurableFiles.failure("the data directory cannot be made", e);
    }
    DirectoryLock lock = DirectoryLock.take(directory.resolve("lock"));
    @Nullable Database database = null;
    try {
      MasterKey key =
          master == null
              ? MasterKey.openOrCreate(directory.resolve("keys").resolve("master.key"))
              : master;
      database = Database.embedded(directory.resolve("db").resolve("records"));
      Store store = new Store(directory, lock, database, key);
      store.eraseBlobs();
      return store;
    } catch (RuntimeException e) {
      if (database != null) {
        database.close();
      }
      lock.close();
      throw e;
    }
  }

  public Path directory() {
    return directory;
  }

  public OpaqueIds ids() {
    return ids;
  }

  /** Which studies are complete. */
  public Completions completions() {
    return records.completions();
  }

  /** What is to be delivered. */
  public Outbox outbox() {
    return outbox;
  }

  public RecordStore records() {
    return records;
  }

  /** Notes of one kind, in a folder of this name. */
  public SealedFiles notes(String kind) {
    return new SealedFiles(directory.resolve(kind), inboxKey);
  }

  /** What was ordered. */
  public ImagingOrders orders() {
    return orders;
  }

  /** What brings reports into the studies of their orders. */
  public StudyJoins joins() {
    return joins;
  }

  /** HL7 messages that were not accepted. */
  public MessageRefusals refusals() {
    return refusals;
  }

  /** Who is who. */
  public Subjects subjects() {
    return subjects;
  }

  /**
   * The secret that replacements in de-identified exports hang on: 32 bytes, the same as long as
   * the store lives, unrelated to any other store's.
   */
  public byte[] deidentificationSecret() {
    return keys.ofStore("deidentification").bytes().clone();
  }

  /** The key that bytes are sealed with before their subject is known. */
  public DataKey inboxKey() {
    return inboxKey;
  }

  /**
   * Keeps instances durably: blobs first, then all rows and vectors in one transaction, then a
   * sync. When this returns, a crash loses nothing of it. An instance that is there already is left
   * as it is.
   *
   * @param content bytes of an instance by its id
   * @return the ids that were new
   */
  public List<String> keep(List<NewInstance> instances, Function<String, byte[]> content) {
    writing.lock();
    try {
      // Each blob waits for its own fsync; side by side they wait together.
      List<CompletableFuture<Void>> writes = new ArrayList<>();
      for (NewInstance instance : instances) {
        if (!records.contains(instance.id())) {
          DataKey key = keys.ofSubject(instance.subject());
          writes.add(
              CompletableFuture.runAsync(
                  () ->
                      blobs.put(
                          instance.id(), instance.subject(), key, content.apply(instance.id())),
                  writers));
        }
      }
      join(writes);
      List<String> inserted = records.insert(instances);
      database.sync();
      return inserted;
    } finally {
      writing.unlock();
    }
  }

  private static void join(List<CompletableFuture<Void>> writes) {
    try {
      CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PrecordiaException p
          ? p
          : new PrecordiaException(
              ErrorCode.INTERNAL, "a content could not be written", e.getCause());
    }
  }

  /**
   * Runs work during which no other thread keeps or erases: for what must change together with the
   * records, such as an index.
   */
  public <T> T exclusively(Supplier<T> work) {
    writing.lock();
    try {
      return work.get();
    } finally {
      writing.unlock();
    }
  }

  /**
   * The bytes that were kept for an instance.
   *
   * @throws PrecordiaException NOT_FOUND, CORRUPT_STORE
   */
  public byte[] content(InstanceRecord instance) {
    Optional<DataKey> key = keys.known(instance.origin());
    if (key.isEmpty()) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "no content under this id");
    }
    return blobs.get(instance.id(), instance.origin(), key.get());
  }

  /**
   * Erases a subject with every other that was merged with it: rows, vectors and wrapped keys in
   * one durable transaction, the keys in memory, then the blobs. Without its keys, what a backup
   * may still hold cannot be read.
   *
   * @return the ids of the instances that were erased
   */
  public List<String> erase(String subject) {
    writing.lock();
    try {
      Set<String> members = aliases.members(aliases.surviving(subject));
      List<String> instances = records.delete(members);
      members.forEach(keys::forget);
      members.forEach(patients::forget);
      aliases.reload();
      database.compactOnClose();
      database.sync();
      eraseBlobs();
      return instances;
    } finally {
      writing.unlock();
    }
  }

  // The rows' transaction noted these ids, so a crash between the two leaves nothing behind:
  // opening the store comes here too.
  private void eraseBlobs() {
    for (String id : records.blobsToErase()) {
      blobs.delete(id);
      records.blobErased(id);
    }
  }

  /**
   * Joins two subjects that are one patient: whatever came or comes under {@code merged} is
   * reported under {@code surviving}'s survivor. Durable when this returns.
   *
   * @param source who said so: hl7 or rest
   * @return whether anything changed
   * @throws PrecordiaException CONFLICT if {@code merged} was merged into another subject before,
   *     or {@code surviving} into {@code merged}
   */
  public boolean merge(String merged, String surviving, String source) {
    return merge(merged, surviving, null, source);
  }

  /**
   * The same, with what is known of the surviving patient.
   *
   * @param patient null if nothing is
   */
  public boolean merge(
      String merged, String surviving, @Nullable PatientDemographics patient, String source) {
    return exclusively(
        () -> {
          if (patient != null) {
            patients.put(surviving, patient);
          }
          boolean changed = subjects.merge(merged, surviving, source);
          database.sync();
          return changed;
        });
  }

  /**
   * Undoes a merge: what came under {@code merged} is reported under it again. Durable when this
   * returns.
   *
   * @return the subject that had survived
   * @throws PrecordiaException NOT_FOUND if it is not merged
   */
  public String unmerge(String merged, String source) {
    return exclusively(
        () -> {
          String surviving = subjects.unmerge(merged, source);
          database.sync();
          return surviving;
        });
  }

  /** Who the surviving patients of merges are. */
  public Patients patients() {
    return patients;
  }

  /** Replaces what is told of instances. Durable when this returns. */
  public void correct(List<InstanceRecord> corrected) {
    exclusively(
        () -> {
          records.correct(corrected);
          database.sync();
          return true;
        });
  }

  @Override
  public void close() {
    writing.lock();
    try {
      writers.shutdown();
      database.close();
    } finally {
      writing.unlock();
      lock.close();
    }
  }
}
