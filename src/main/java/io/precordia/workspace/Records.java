package io.precordia.workspace;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.FileDecoder;
import io.precordia.ingest.IssuerRules;
import io.precordia.ingest.Part;
import io.precordia.ingest.SubmissionCodec;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.Page;
import io.precordia.store.Store;
import io.precordia.store.StudyRecord;
import io.precordia.store.Subjects;
import io.precordia.study.Decoded;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is kept. Thread-safe. */
public final class Records {
  private final Store store;
  private final FileDecoder decoder;
  private final IssuerRules issuers;
  private final SubmissionCodec codec = new SubmissionCodec();

  Records(Store store, FileDecoder decoder, IssuerRules issuers) {
    this.issuers = issuers;
    this.store = store;
    this.decoder = decoder;
  }

  /**
   * One instance.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  public InstanceRecord instance(String id) {
    return store
        .records()
        .instance(id)
        .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such instance"));
  }

  /** One instance, if it is kept. */
  public Optional<InstanceRecord> find(String id) {
    return store.records().instance(id);
  }

  /**
   * One study with its instances.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  public StudyRecord study(String id) {
    return store
        .records()
        .study(id)
        .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such study"));
  }

  /** One study with its instances, if anything of it is kept. */
  public Optional<StudyRecord> findStudy(String id) {
    return store.records().study(id);
  }

  /** The subject that one is reported under: itself, unless it was merged into another. */
  public String surviving(String subject) {
    return store.subjects().surviving(subject);
  }

  /** Everything reported under a subject; empty if nothing is kept of it. */
  public List<InstanceRecord> ofSubject(String subject) {
    return store.subjects().instances(store.subjects().surviving(subject));
  }

  /** A subject with every one that was merged into it, itself first. */
  public Set<String> members(String subject) {
    return store.subjects().members(subject);
  }

  /** Merges and unmerges that a subject took part in, oldest first. */
  public List<Subjects.Event> events(String subject) {
    return store.subjects().events(subject);
  }

  /**
   * The id of the subject that a patient identifier stands for, whether or not anything is kept.
   *
   * @param identifier with {@code ^^^} and its assigning authority where it has one
   */
  public String subjectOf(String identifier) {
    return store.ids().subject(issuers.canonical(identifier));
  }

  /** The vectors of an instance under a model, one for each window; empty if it has none. */
  public List<float[]> vectors(InstanceRecord instance, String model) {
    return store.records().vectors().of(instance, model);
  }

  /**
   * A page of instances in the order they were stored.
   *
   * @param status STORED, FLAGGED (those kept but not embedded, with their reasons) or null for all
   * @param after 0, then {@link Page#next()}
   * @param limit 1 to 1000
   */
  public Page<InstanceRecord> list(@Nullable InstanceStatus status, long after, int limit) {
    return store.records().list(status, after, limit);
  }

  /** Number of instances in a status. */
  public long count(InstanceStatus status) {
    return store.records().count(status);
  }

  /** An upper bound of the number of instances, known at once. */
  public long atMost() {
    return store.records().last();
  }

  /** Instances of reports with a business identifier of this value, whatever its system. */
  public List<InstanceRecord> reportsIdentified(String value) {
    return all(store.records().identifiers().ofReport(value));
  }

  /**
   * Instances of studies by Study Instance UID, by an accession number of DICOM objects, or by the
   * name that the sender of other files gave.
   */
  public List<InstanceRecord> studiesIdentified(String value) {
    Set<String> ids = new LinkedHashSet<>(store.records().identifiers().ofStudy(value));
    store.records().dicom().ofStudy(value).forEach(row -> ids.add(row.instance()));
    store.records().dicom().withAccession(value).forEach(row -> ids.add(row.instance()));
    return all(ids);
  }

  private List<InstanceRecord> all(Collection<String> ids) {
    return ids.stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /** Number of studies. */
  public long studies() {
    return store.records().studies();
  }

  /**
   * The files of an instance as they came.
   *
   * @throws PrecordiaException NOT_FOUND, CORRUPT_STORE
   */
  public List<Part> files(String id) {
    return codec.decode(store.content(instance(id))).parts();
  }

  /**
   * The instance decoded again from its files, for rendering.
   *
   * @throws PrecordiaException NOT_FOUND, CORRUPT_STORE
   */
  public Decoded decoded(String id) {
    return decoder.decode(codec.decode(store.content(instance(id))));
  }
}
