package io.precordia.workspace.catalogue;

import io.precordia.store.CatalogueKeys;
import io.precordia.store.DicomObjects;
import io.precordia.store.DicomRow;
import io.precordia.workspace.catalogue.Node.StudyNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What queries look through: the studies of every patient, those of patients with the latest
 * objects kept in memory up to a bound, the others read from the sealed headers each time. Brought
 * up to date before each query. Of every patient an id and three numbers are always in memory.
 * Thread-safe.
 */
final class CatalogueMemory {
  private static final int ARRIVALS = 1000;

  /** Patients read at a time; the first page of a list rarely needs more. */
  private static final int CHUNK = 100;

  private final DicomObjects objects;
  private final int most;
  private final SharedValues values = new SharedValues();
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of their first objects. */
  private final Map<String, Patient> patients = new LinkedHashMap<>();

  /** Those in memory by the sequence number of their last object. */
  private final NavigableMap<Long, Patient> loaded = new TreeMap<>();

  private int objectsLoaded;
  private long last;
  private boolean begun;

  /**
   * @param most objects in memory
   */
  CatalogueMemory(DicomObjects objects, int most) {
    this.objects = objects;
    this.most = most;
  }

  /** Guarded by the lock. */
  private static final class Patient {
    final String subject;
    final long first;
    long last;
    @Nullable PatientTree tree;

    Patient(String subject, long first, long last) {
      this.subject = subject;
      this.first = first;
      this.last = last;
    }
  }

  /** A patient as a query sees it. */
  private record Seen(Patient patient, long last, @Nullable PatientTree tree) {}

  /**
   * Shows the studies of each patient, in the order of their first objects.
   *
   * @param subjects the few that can match; null for all
   * @param wantsMore false if the query would only count what still comes: then nothing more is
   *     read from the disk for it
   */
  void read(@Nullable Set<String> subjects, BiPredicate<String, List<StudyNode>> wantsMore) {
    refresh();
    List<Patient> all = patients(subjects);
    boolean more = true;
    for (int from = 0; from < all.size(); from += CHUNK) {
      for (Seen seen : seen(all.subList(from, Math.min(all.size(), from + CHUNK)), more)) {
        PatientTree tree = seen.tree();
        if (tree == null) {
          if (!more) {
            return;
          }
        } else {
          more &= wantsMore.test(seen.patient().subject, tree.studies());
        }
      }
    }
  }

  /** The studies of a subject; empty if nothing came under it. */
  List<StudyNode> studies(String subject) {
    List<Seen> seen = seen(patients(Set.of(subject)), true);
    PatientTree tree = seen.isEmpty() ? null : seen.getFirst().tree();
    return tree == null ? List.of() : tree.studies();
  }

  private List<Patient> patients(@Nullable Set<String> subjects) {
    lock.lock();
    try {
      if (subjects == null) {
        return List.copyOf(patients.values());
      }
      List<Patient> out = new ArrayList<>();
      subjects.forEach(
          subject -> {
            Patient patient = patients.get(subject);
            if (patient != null) {
              out.add(patient);
            }
          });
      out.sort(Comparator.comparingLong(p -> p.first));
      return out;
    } finally {
      lock.unlock();
    }
  }

  private List<Seen> seen(List<Patient> part, boolean load) {
    List<Seen> out = new ArrayList<>(part.size());
    lock.lock();
    try {
      part.forEach(p -> out.add(new Seen(p, p.last, p.tree)));
    } finally {
      lock.unlock();
    }
    if (load) {
      List<Seen> missing = out.stream().filter(s -> s.tree() == null).toList();
      if (!missing.isEmpty()) {
        Map<String, PatientTree> trees = load(missing);
        out.replaceAll(
            s ->
                s.tree() != null
                    ? s
                    : new Seen(s.patient(), s.last(), trees.get(s.patient().subject)));
        out.removeIf(s -> s.tree() == null); // erased meanwhile
      }
    }
    return out;
  }

  private Map<String, PatientTree> load(List<Seen> missing) {
    Map<String, List<DicomRow>> rows = new HashMap<>();
    objects
        .ofSubjects(missing.stream().map(s -> s.patient().subject).toList())
        .forEach(row -> rows.computeIfAbsent(row.subject(), s -> new ArrayList<>()).add(row));
    Map<String, PatientTree> trees = new HashMap<>();
    rows.forEach((subject, own) -> trees.put(subject, PatientTree.of(own, values)));
    lock.lock();
    try {
      for (Seen seen : missing) {
        PatientTree tree = trees.get(seen.patient().subject);
        // Not if it was erased since, or has got another object.
        if (tree != null
            && patients.get(seen.patient().subject) == seen.patient()
            && seen.patient().last == seen.last()) {
          keep(seen.patient(), tree);
        }
      }
    } finally {
      lock.unlock();
    }
    return trees;
  }

  private void keep(Patient patient, PatientTree tree) {
    if (patient.tree != null || tree.objects() > most) {
      return;
    }
    while (objectsLoaded + tree.objects() > most) {
      Map.Entry<Long, Patient> oldest = loaded.firstEntry();
      if (oldest.getKey() > patient.last) {
        return; // what is in memory is more likely to be asked for
      }
      unload(oldest.getValue());
    }
    patient.tree = tree;
    objectsLoaded += tree.objects();
    loaded.put(patient.last, patient);
  }

  private void unload(Patient patient) {
    PatientTree tree = patient.tree;
    if (tree != null) {
      loaded.remove(patient.last);
      objectsLoaded -= tree.objects();
      patient.tree = null;
    }
  }

  /** Notes the objects that came since the last time. */
  void refresh() {
    lock.lock();
    try {
      if (!begun) {
        for (CatalogueKeys.Range range : objects.catalogue().subjects()) {
          patients.put(range.subject(), new Patient(range.subject(), range.first(), range.last()));
          last = Math.max(last, range.last());
        }
        begun = true;
      }
      List<CatalogueKeys.Arrival> arrivals;
      do {
        arrivals = objects.catalogue().after(last, ARRIVALS);
        for (CatalogueKeys.Arrival arrival : arrivals) {
          Patient patient =
              patients.computeIfAbsent(
                  arrival.subject(), s -> new Patient(s, arrival.sequence(), arrival.sequence()));
          unload(patient);
          patient.last = arrival.sequence();
          last = arrival.sequence();
        }
      } while (arrivals.size() == ARRIVALS);
    } finally {
      lock.unlock();
    }
  }

  /** Reads patients into memory, those with the latest objects first, until the bound is met. */
  void warm(Supplier<Boolean> stopping) {
    refresh();
    List<Seen> order = new ArrayList<>(seen(patients(null), false));
    order.sort((a, b) -> Long.compare(b.last(), a.last()));
    for (int from = 0; from < order.size() && !stopping.get(); from += CHUNK) {
      List<Patient> part =
          order.subList(from, Math.min(order.size(), from + CHUNK)).stream()
              .map(Seen::patient)
              .toList();
      List<Seen> unused = seen(part, true);
      if (full(part)) {
        return;
      }
    }
  }

  // The last ones read found no room.
  private boolean full(List<Patient> part) {
    return seen(part, false).stream().anyMatch(s -> s.tree() == null);
  }

  /** Objects in memory. */
  int loaded() {
    lock.lock();
    try {
      return objectsLoaded;
    } finally {
      lock.unlock();
    }
  }

  void remove(String subject) {
    lock.lock();
    try {
      Patient patient = patients.remove(subject);
      if (patient != null) {
        unload(patient);
      }
      values.clear();
    } finally {
      lock.unlock();
    }
  }
}
