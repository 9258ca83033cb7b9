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

/** Feeds the in-memory indexes from records. Thread-safe. */
final class SearchIndexes implements Searchable {
  private final VectorIndex vectors;
  private final WordIndex words;

  SearchIndexes(VectorIndex vectors, WordIndex words) {
    this.vectors = vectors;
    this.words = words;
  }

  @Override
  public void add(List<Embedded> instances) {
    List<Entry> entries = new ArrayList<>();
    for (Embedded embedded : instances) {
      InstanceRecord record = embedded.record();
      Modality modality = record.modality();
      if (modality == null) {
        continue; // an embedded instance always has one
      }
      Identity identity = record.identity();
      for (int window = 0; window < embedded.vectors().size(); window++) {
        entries.add(
            new Entry(
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
                embedded.vectors().get(window)));
      }
    }
    vectors.add(entries);
    for (Embedded embedded : instances) {
      String text = embedded.record().text();
      if (text != null) {
        words.add(embedded.record().id(), text);
      }
    }
  }

  @Override
  public void remove(List<String> instances) {
    for (String instance : instances) {
      vectors.remove(instance);
      words.remove(instance);
    }
  }
}
