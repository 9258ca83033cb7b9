package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.HeaderMatch;
import io.precordia.dicom.query.QueryKey;
import io.precordia.dicom.query.QueryMatch;
import io.precordia.dicom.query.QueryPage;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.DurableIngest;
import io.precordia.ingest.IssuerRules;
import io.precordia.ingest.SubmissionCodec;
import io.precordia.store.DicomObjects;
import io.precordia.store.DicomRow;
import io.precordia.store.InstanceRecord;
import io.precordia.store.MergedGroup;
import io.precordia.store.Store;
import io.precordia.study.PatientId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What DICOM objects are kept, embedded or flagged. Lookup by UID waits for what was accepted but
 * is still in the inbox; queries answer from what is processed. Thread-safe.
 */
public final class DicomCatalogue implements AutoCloseable {
  private static final Duration SETTLE = Duration.ofSeconds(30);

  private final Store store;
  private final DicomObjects objects;
  private final DurableIngest ingest;
  private final SubmissionCodec codec = new SubmissionCodec();
  private final CatalogueMemory memory;
  private final CatalogueBackfill backfill;
  private final DicomIntake intake;
  private final IssuerRules issuers;
  private final Duration patience;
  private final MergedPatients patients;
  private final CandidateSubjects candidates;

  /**
   * @param cached objects whose attributes are held in memory
   */
  public DicomCatalogue(Store store, DurableIngest ingest, IssuerRules issuers, int cached) {
    this(store, ingest, issuers, cached, SETTLE);
  }

  /**
   * @param patience longest that a lookup by UID waits for what is still in the inbox
   */
  DicomCatalogue(
      Store store, DurableIngest ingest, IssuerRules issuers, int cached, Duration patience) {
    this.issuers = issuers;
    this.patience = patience;
    this.patients = new MergedPatients(store.subjects(), store.patients());
    this.store = store;
    this.objects = store.records().dicom();
    this.ingest = ingest;
    this.memory = new CatalogueMemory(objects, cached);
    this.intake = new DicomIntake(objects, ingest);
    this.backfill = new CatalogueBackfill(store, memory);
    this.candidates = new CandidateSubjects(objects.catalogue(), patients, backfill::done);
  }

  /** Begins to read the catalogue into memory and to add what an older version stored. */
  public void start() {
    backfill.start();
  }

  /** The way in for objects from DICOM peers. */
  public DicomIntake intake() {
    return intake;
  }

  /** Objects with a SOP Instance UID: the one kept first, then those in conflict with it. */
  public List<CatalogueEntry> withSopInstance(String uid) {
    return entries(() -> objects.withSopInstance(uid));
  }

  /**
   * The object with a SOP Instance UID, the one kept first if there are several.
   *
   * @param study Study Instance UID that it must have, or null
   * @param series Series Instance UID that it must have, or null
   */
  public Optional<CatalogueEntry> find(
      @Nullable String study, @Nullable String series, String sopInstance) {
    return withSopInstance(sopInstance).stream()
        .filter(e -> study == null || study.equals(e.header().study()))
        .filter(e -> series == null || series.equals(e.header().series()))
        .findFirst();
  }

  /** Objects of a study, conflicting ones marked. */
  public List<CatalogueEntry> ofStudy(String uid) {
    return entries(() -> objects.ofStudy(uid));
  }

  /** Objects of a series within a study, conflicting ones marked. */
  public List<CatalogueEntry> ofSeries(String study, String series) {
    return entries(() -> objects.ofSeries(series)).stream()
        .filter(e -> study.equals(e.header().study()))
        .toList();
  }

  /** Objects of a series whatever its study, conflicting ones marked. */
  public List<CatalogueEntry> ofSeries(String series) {
    return entries(() -> objects.ofSeries(series));
  }

  /**
   * Objects of a patient, with those of patients that were merged with it.
   *
   * @param patient Patient ID, with {@code ^^^} and issuer where the objects name one
   */
  public List<CatalogueEntry> ofPatient(String patient) {
    return entries(() -> objects.ofPatient(issuers.canonical(patient)));
  }

  /** The object of an instance. */
  public Optional<CatalogueEntry> ofInstance(String instance) {
    return objects.ofInstance(instance).map(row -> CatalogueEntry.of(row, false));
  }

  /** Whether an object of this class is kept durably (for storage commitment, PS3.4 J.3). */
  public boolean exists(String sopClass, String sopInstance) {
    return settled(() -> objects.withSopInstance(sopInstance)).stream()
        .anyMatch(row -> row.sopClass().equals(sopClass));
  }

  /** The bytes of the file exactly as they came. */
  public byte[] file(CatalogueEntry entry) {
    InstanceRecord record =
        store
            .records()
            .instance(entry.instance())
            .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such instance"));
    return codec.decode(store.content(record)).parts().getFirst().bytes();
  }

  /** Number of objects in the catalogue. */
  public long count() {
    return objects.count();
  }

  /** Objects whose attributes are in memory now. */
  public int cached() {
    return memory.loaded();
  }

  /**
   * Matches of a query in the order the objects came, those of one patient together. How many more
   * there are is counted as far as they are in memory.
   */
  public QueryPage query(DicomQuery query) {
    @Nullable String asked = asked(query);
    TreeQuery tree = new TreeQuery(query, asked);
    Set<MergedGroup> joined = new HashSet<>();
    List<TreeQuery.Found> found = new ArrayList<>();
    memory.read(
        candidates.of(query, asked),
        (subject, studies) -> {
          MergedGroup group = patients.group(subject);
          if (group == null) {
            tree.run(studies, found::add);
          } else if (joined.add(group)) {
            tree.run(patients.joined(memory::studies, subject, group), found::add);
          }
          return tree.wantsMore();
        });
    return tree.others().isEmpty() ? page(query, found) : sift(query, found, tree.others());
  }

  /** The subject that a query's exact patient identifier stands for. */
  private @Nullable String asked(DicomQuery query) {
    String id = "";
    String issuer = "";
    for (QueryKey key : query.keys()) {
      if (key.tag() == Columns.PATIENT_ID) {
        id = key.value().strip();
      } else if (key.tag() == Columns.ISSUER) {
        issuer = key.value().strip();
      }
    }
    if (id.isEmpty() || (id + issuer).matches("(?s).*[*?\\\\].*")) {
      return null;
    }
    String identifier = new PatientId(id, issuer, "", "").text();
    return store.subjects().surviving(store.ids().subject(issuers.canonical(identifier)));
  }

  /**
   * The whole header of an object, with the patient that it belongs to now: after a merge the
   * surviving one. The object itself stays as it came.
   */
  public DicomHeader header(CatalogueEntry entry) {
    DicomHeader whole = entry.header().complete() ? entry.header() : DicomHeader.of(file(entry));
    if (store.subjects().groups().isEmpty()) {
      return whole;
    }
    memory.refresh();
    return whole.under(patients.patient(memory::studies, entry.subject()));
  }

  /** Forgets an erased subject. */
  public void remove(String subject) {
    memory.remove(subject);
  }

  private QueryPage page(DicomQuery query, List<TreeQuery.Found> found) {
    int to = (int) Math.min(found.size(), (long) query.offset() + query.limit());
    List<TreeQuery.Found> shown = found.subList(Math.min(query.offset(), to), to);
    Map<String, DicomRow> rows = new HashMap<>();
    objects
        .ofInstances(shown.stream().map(TreeQuery.Found::instance).toList())
        .forEach(row -> rows.put(row.instance(), row));
    List<QueryMatch> matches = new ArrayList<>();
    for (TreeQuery.Found one : shown) {
      DicomRow row = rows.get(one.instance());
      if (row != null) { // else erased meanwhile
        matches.add(match(query, one, row));
      }
    }
    return new QueryPage(
        matches, found.size() - Math.max(to, Math.min(found.size(), query.offset())));
  }

  /** Reads headers one by one, as far as the page needs and one further. */
  private QueryPage sift(DicomQuery query, List<TreeQuery.Found> found, List<QueryKey> others) {
    HeaderMatch match = new HeaderMatch(others, query.fuzzy());
    List<QueryMatch> matches = new ArrayList<>();
    int skipped = 0;
    for (TreeQuery.Found candidate : found) {
      Optional<QueryMatch> full = match(query, candidate).filter(m -> match.matches(m.header()));
      if (full.isEmpty()) {
        continue;
      }
      if (skipped < query.offset()) {
        skipped++;
      } else if (matches.size() == query.limit()) {
        return new QueryPage(matches, 1);
      } else {
        matches.add(full.get());
      }
    }
    return new QueryPage(matches, 0);
  }

  private Optional<QueryMatch> match(DicomQuery query, TreeQuery.Found found) {
    return objects.ofInstance(found.instance()).map(row -> match(query, found, row));
  }

  private static QueryMatch match(DicomQuery query, TreeQuery.Found found, DicomRow row) {
    return new QueryMatch(
        query.level(),
        row.instance(),
        DicomHeader.decode(row.header()).under(found.patient()),
        found.related());
  }

  private List<CatalogueEntry> entries(Supplier<List<DicomRow>> lookup) {
    List<CatalogueEntry> out = new ArrayList<>();
    Map<String, String> first = new HashMap<>();
    for (DicomRow row : settled(lookup)) {
      CatalogueEntry entry = CatalogueEntry.of(row, false);
      String keptFirst = first.putIfAbsent(entry.header().sopInstance(), row.instance());
      out.add(keptFirst == null ? entry : CatalogueEntry.of(row, true));
    }
    return out;
  }

  // What was acknowledged can be asked for at once: a miss waits for the inbox and looks again. As
  // long as something waits nobody knows that the object is not here, so it is not said either.
  private List<DicomRow> settled(Supplier<List<DicomRow>> lookup) {
    List<DicomRow> rows = lookup.get();
    if (rows.isEmpty() && ingest.pending() > 0) {
      boolean drained = ingest.drain(patience);
      rows = lookup.get();
      if (rows.isEmpty() && !drained) {
        throw new PrecordiaException(
            ErrorCode.NOT_READY,
            "objects that were accepted before are still being processed; ask again in a minute");
      }
    }
    return rows;
  }

  @Override
  public void close() {
    backfill.close();
  }
}
