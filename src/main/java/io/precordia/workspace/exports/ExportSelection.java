package io.precordia.workspace.exports;

import io.precordia.index.Entry;
import io.precordia.index.Filter;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Page;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import io.precordia.workspace.Records;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which instances leave: those named, those of named studies and subjects, or where none is named
 * all; of these, those that pass the filter.
 *
 * @param subjects ids that the service shows
 * @param filter flagged instances of no modality pass only without conditions
 */
public record ExportSelection(
    List<String> instances, List<String> studies, List<String> subjects, Filter filter) {
  private static final int PAGE = 200;

  public ExportSelection {
    instances = List.copyOf(instances);
    studies = List.copyOf(studies);
    subjects = List.copyOf(subjects);
  }

  /**
   * Visits them.
   *
   * @throws io.precordia.error.PrecordiaException NOT_FOUND for an unknown instance or study,
   *     before anything is visited
   */
  public void each(Records records, Consumer<InstanceRecord> visitor) {
    instances.forEach(records::instance);
    studies.forEach(records::study);
    for (String id : instances) {
      offer(records.instance(id), records, visitor);
    }
    for (String id : studies) {
      records.study(id).instances().forEach(i -> offer(i, records, visitor));
    }
    for (String subject : subjects) {
      records.ofSubject(subject).forEach(i -> offer(i, records, visitor));
    }
    if (instances.isEmpty() && studies.isEmpty() && subjects.isEmpty()) {
      @Nullable Long after = 0L;
      while (after != null) {
        Page<InstanceRecord> page = records.list(null, after, PAGE);
        page.items().forEach(i -> offer(i, records, visitor));
        after = page.next();
      }
    }
  }

  private void offer(InstanceRecord i, Records records, Consumer<InstanceRecord> visitor) {
    if (filter.equals(Filter.NONE)) {
      visitor.accept(i);
      return;
    }
    Modality modality = i.modality();
    if (modality == null) {
      return;
    }
    Identity is = i.identity();
    Entry entry =
        new Entry(
            i.id(),
            0,
            modality,
            records.surviving(i.subject()),
            i.study(),
            is.date(),
            is.sex(),
            is.ageYears(),
            is.site(),
            Set.copyOf(is.tags()),
            new float[0]);
    if (filter.passes(entry)) {
      visitor.accept(i);
    }
  }
}
