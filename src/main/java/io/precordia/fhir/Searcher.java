package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Page;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Walks through what is kept and gives the resources that fulfil a search, page by page in the
 * order things came. A page ends when it is full or when its time is over, so that no search holds
 * the service: it then has fewer entries and a next link.
 */
@Singleton
public class Searcher {
  private static final Duration TIME = Duration.ofSeconds(3);
  private static final Duration COUNTING = Duration.ofSeconds(30);
  private static final int BLOCK = 200;
  private final Kept kept;

  Searcher(Kept kept) {
    this.kept = kept;
  }

  /**
   * A page.
   *
   * @param total number of all matches, or null if it is not known
   */
  record Found(
      List<Resource> resources, SearchQuery.@Nullable Cursor next, @Nullable Integer total) {}

  /** One search under way. */
  private final class Walk {
    private final ResourceKind kind;
    private final SearchQuery query;
    private final List<Resource> found = new ArrayList<>();
    private final long deadline;
    private final int most;
    private int matches;
    private SearchQuery.@Nullable Cursor next;

    Walk(ResourceKind kind, SearchQuery query) {
      this.kind = kind;
      this.query = query;
      boolean whole = query.countOnly() || !query.sort().isEmpty();
      this.most = whole ? Integer.MAX_VALUE : query.count();
      this.deadline = System.nanoTime() + (whole ? COUNTING : TIME).toNanos();
    }

    boolean fulfils(Resource resource) {
      return query.conditions().stream().allMatch(condition -> condition.test(resource));
    }

    /** False when the page has ended. */
    boolean take(InstanceRecord instance) {
      if (System.nanoTime() > deadline) {
        next = new SearchQuery.Cursor(instance.sequence(), 0);
        return false;
      }
      boolean here = query.sort().isEmpty() && instance.sequence() == query.cursor().sequence();
      int done = here ? query.cursor().done() : 0;
      List<Resource> resources = kind.at(instance);
      for (int i = done; i < resources.size(); i++) {
        if (fulfils(resources.get(i)) && !add(resources.get(i))) {
          next = new SearchQuery.Cursor(instance.sequence(), i);
          return false;
        }
      }
      return true;
    }

    private boolean add(Resource resource) {
      if (matches == most) {
        return false;
      }
      matches++;
      if (!query.countOnly()) {
        found.add(resource);
      }
      return true;
    }

    private Found sorted() {
      Comparator<Resource> order =
          query.sort().stream()
              .<Comparator<Resource>>map(key -> key)
              .reduce(Comparator::thenComparing)
              .orElseThrow();
      found.sort(order);
      int from = Math.min(found.size(), query.cursor().done());
      int to = Math.min(found.size(), from + query.count());
      return new Found(
          List.copyOf(found.subList(from, to)),
          to < found.size() ? new SearchQuery.Cursor(0, to) : null,
          found.size());
    }

    Found result() {
      if ((query.countOnly() || !query.sort().isEmpty()) && next != null) {
        throw new PrecordiaException(
            ErrorCode.TOO_COSTLY,
            "too much is kept to be counted or sorted in time; narrow the search");
      }
      if (!query.sort().isEmpty() && !query.countOnly()) {
        return sorted();
      }
      boolean whole = next == null && query.cursor().equals(SearchQuery.Cursor.START);
      return new Found(found, next, whole ? (Integer) matches : null);
    }
  }

  /**
   * @throws PrecordiaException TOO_COSTLY if it names neither patient nor id nor identifier and
   *     would look at more than is allowed
   */
  Found search(ResourceKind kind, SearchQuery query) {
    kind.prepare();
    Walk walk = new Walk(kind, query);
    if (!query.ids().isEmpty()) {
      byId(kind, query, walk);
    } else if (!query.patients().isEmpty() || !query.patientIdentifiers().isEmpty()) {
      for (InstanceRecord instance : ofPatients(query)) {
        if (instance.sequence() >= query.cursor().sequence() && !walk.take(instance)) {
          break;
        }
      }
    } else if (indexed(kind, query)) {
      for (InstanceRecord instance : identified(kind, query)) {
        if (instance.sequence() >= query.cursor().sequence() && !walk.take(instance)) {
          break;
        }
      }
    } else {
      List<Resource> others = kind.others();
      if (!others.isEmpty()) {
        others.stream().filter(walk::fulfils).forEach(walk::add);
      } else {
        if (!query.conditions().isEmpty() || !query.sort().isEmpty() || query.countOnly()) {
          refuseIfCostly();
        }
        everything(walk, query.cursor().sequence());
      }
    }
    return walk.result();
  }

  /** Whether an index finds everything that has one of the identifiers. */
  private static boolean indexed(ResourceKind kind, SearchQuery query) {
    return !query.identified().isEmpty()
        && query.identified().stream().allMatch(kind::indexesIdentifier);
  }

  private static List<InstanceRecord> identified(ResourceKind kind, SearchQuery query) {
    Map<String, InstanceRecord> found = new LinkedHashMap<>();
    for (String identifier : query.identified()) {
      kind.identified(identifier).forEach(i -> found.put(i.id(), i));
    }
    return found.values().stream()
        .sorted(Comparator.comparingLong(InstanceRecord::sequence))
        .toList();
  }

  private void refuseIfCostly() {
    if (kept.records().atMost() > kept.maxScan()) {
      throw new PrecordiaException(
          ErrorCode.TOO_COSTLY,
          "this search would look at everything that is kept; name a patient, _id or an identifier (precordia.fhir.max-scan)");
    }
  }

  private void byId(ResourceKind kind, SearchQuery query, Walk walk) {
    List<String> subjects = new ArrayList<>();
    boolean narrowed = !query.patients().isEmpty() || !query.patientIdentifiers().isEmpty();
    if (narrowed) {
      ofPatients(query).forEach(i -> subjects.add("Patient/" + i.subject()));
    }
    for (String id : query.ids().stream().distinct().toList()) {
      kind.read(id)
          .filter(walk::fulfils)
          .filter(r -> !narrowed || subjects.contains(subject(r)))
          .ifPresent(walk::add);
    }
  }

  private static String subject(Resource resource) {
    var property = resource.getNamedProperty("subject");
    return property == null || property.getValues().isEmpty()
        ? ""
        : property.getValues().getFirst() instanceof org.hl7.fhir.r4.model.Reference r
                && r.getReference() != null
            ? r.getReference()
            : "";
  }

  private void everything(Walk walk, long from) {
    Page<InstanceRecord> page;
    long after = Math.max(0, from - 1);
    do {
      page = kept.records().list(null, after, BLOCK);
      for (InstanceRecord instance : page.items()) {
        if (!walk.take(instance)) {
          return;
        }
      }
      after = page.next() == null ? 0 : page.next();
    } while (page.next() != null);
  }

  /** A value without a system matches that value of any issuer. */
  private Set<String> ofAnySystem(String value) {
    refuseIfCostly();
    Set<String> subjects = new LinkedHashSet<>();
    long after = 0;
    Page<InstanceRecord> page;
    do {
      page = kept.records().list(null, after, BLOCK);
      for (InstanceRecord instance : page.items()) {
        String identifier = instance.identity().subject();
        if (identifier != null && value.equals(PatientIdentifiers.of(identifier).getValue())) {
          subjects.add(instance.subject());
        }
      }
      after = page.next() == null ? 0 : page.next();
    } while (page.next() != null);
    return subjects;
  }

  /** Instances of all patients asked for, in storing order; both kinds of conditions must hold. */
  private List<InstanceRecord> ofPatients(SearchQuery query) {
    Map<String, InstanceRecord> byReference = new LinkedHashMap<>();
    for (String value : query.patients()) {
      kept.ofSubject(value.substring(value.lastIndexOf('/') + 1))
          .forEach(i -> byReference.put(i.id(), i));
    }
    Map<String, InstanceRecord> byIdentifier = new LinkedHashMap<>();
    for (String value : query.patientIdentifiers()) {
      int bar = value.indexOf('|');
      Set<String> subjects =
          bar < 0
              ? ofAnySystem(value)
              : Set.of(
                  kept.subjectOf(
                      PatientIdentifiers.kept(value.substring(0, bar), value.substring(bar + 1))));
      for (String subject : subjects) {
        kept.ofSubject(subject).forEach(i -> byIdentifier.put(i.id(), i));
      }
    }
    Map<String, InstanceRecord> all = query.patients().isEmpty() ? byIdentifier : byReference;
    if (!query.patients().isEmpty() && !query.patientIdentifiers().isEmpty()) {
      all.keySet().retainAll(byIdentifier.keySet());
    }
    return all.values().stream()
        .sorted(Comparator.comparingLong(InstanceRecord::sequence))
        .toList();
  }
}
