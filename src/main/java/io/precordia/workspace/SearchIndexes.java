package io.precordia.workspace;

import io.precordia.index.Entry;
import io.precordia.index.VectorIndex;
import io.precordia.index.WordIndex;
import io.precordia.ingest.Searchable;
import io.precordia.store.Embedded;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the in-memory indexes from records: the one that answers, and one that is being prepared to
 * take its place. Thread-safe.
 */
final class SearchIndexes implements Searchable {
  private volatile VectorIndex vectors;
  private volatile @Nullable VectorIndex prepared;
  private final WordIndex words;
  private final Consumer<String> moved;

  /**
   * @param moved what is to be done for a subject whose studies changed
   */
  SearchIndexes(VectorIndex vectors, WordIndex words, Consumer<String> moved) {
    this.vectors = vectors;
    this.words = words;
    this.moved = moved;
  }

  @Override
  public void moved(String subject) {
    moved.accept(subject);
  }

  /** Begins to prepare another index: what is removed is removed from both. */
  void prepare(VectorIndex index) {
    prepared = index;
  }

  /** Forgets an index that was being prepared. */
  void abandon(VectorIndex index) {
    if (prepared == index) {
      prepared = null;
    }
  }

  /** From now on the prepared index is the one that is fed. */
  void exchange(VectorIndex index) {
    vectors = index;
    prepared = null;
  }

  /** Adds to the prepared index alone; the words are known already. */
  void addPrepared(List<Embedded> instances) {
    VectorIndex index = prepared;
    if (index != null) {
      index.add(entries(instances));
    }
  }

  @Override
  public void add(List<Embedded> instances) {
    vectors.add(entries(instances));
    for (Embedded embedded : instances) {
      String text = embedded.record().text();
      if (text != null) {
        words.add(embedded.record().id(), text);
      }
    }
  }

  private static List<Entry> entries(List<Embedded> instances) {
    List<Entry> entries = new ArrayList<>();
    for (Embedded embedded : instances) {
      InstanceRecord record = embedded.record();
      Modality modality = record.modality();
      if (modality == null) {
        continue; // an embedded instance always has one
      }
      for (int window = 0; window < embedded.vectors().size(); window++) {
        entries.add(entry(record, modality, window, embedded.vectors().get(window)));
      }
    }
    return entries;
  }

  /** One vector of a record with what filters ask. */
  static Entry entry(InstanceRecord record, Modality modality, int window, float[] vector) {
    Identity identity = record.identity();
    return new Entry(
        record.id(),
        window,
        modality,
        record.subject(),
        record.study(),
        identity.date(),
        identity.sex(),
        identity.ageYears(),
        identity.site(),
        Set.copyOf(identity.tags()),
        vector);
  }

  @Override
  public void remove(List<String> instances) {
    for (String instance : instances) {
      vectors.remove(instance);
      VectorIndex index = prepared;
      if (index != null) {
        index.remove(instance);
      }
      words.remove(instance);
    }
  }
}
