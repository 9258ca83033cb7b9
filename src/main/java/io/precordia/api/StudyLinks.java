package io.precordia.api;

import io.precordia.api.view.StudyLink;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.study.Modality;
import io.precordia.workspace.Records;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Studies that belong together although they share no Study Instance UID: a film, an ECG and a
 * report of one subject within a window of days. Two studies are linked if their nearest dates are
 * no further apart and neither holds a modality of the other, so that two films stay apart.
 * Reckoned when it is asked, so that merges, unmerges and erasures need not mend anything.
 */
public final class StudyLinks {
  /** Name of the rule, told with every link. */
  public static final String RULE = "same-subject-other-modality-within-days";

  private final Records records;
  private final long days;

  /**
   * @param window whole days count
   */
  public StudyLinks(Records records, Duration window) {
    this.records = records;
    this.days = window.toDays();
  }

  /** The studies linked with one, the nearest in time first. */
  public List<StudyLink> of(StudyRecord study) {
    List<StudyLink> links = new ArrayList<>();
    if (days < 1) {
      return links;
    }
    Map<String, List<InstanceRecord>> studies = new LinkedHashMap<>();
    for (InstanceRecord record : records.ofSubject(study.subject())) {
      studies.computeIfAbsent(record.study(), s -> new ArrayList<>()).add(record);
    }
    Set<Modality> own = modalities(study.instances());
    studies.forEach(
        (id, instances) -> {
          Set<Modality> others = modalities(instances);
          long apart = apart(study.instances(), instances);
          if (!id.equals(study.id())
              && !others.isEmpty()
              && !own.isEmpty()
              && others.stream().noneMatch(own::contains)
              && apart <= days) {
            links.add(
                new StudyLink(
                    id,
                    others.stream().map(m -> m.name().toLowerCase(java.util.Locale.ROOT)).toList(),
                    apart,
                    RULE,
                    days));
          }
        });
    links.sort(java.util.Comparator.comparingLong(StudyLink::days).thenComparing(StudyLink::study));
    return links;
  }

  private static Set<Modality> modalities(List<InstanceRecord> instances) {
    Set<Modality> out = EnumSet.noneOf(Modality.class);
    instances.stream().map(InstanceRecord::modality).filter(Objects::nonNull).forEach(out::add);
    return out;
  }

  private static long apart(List<InstanceRecord> some, List<InstanceRecord> others) {
    long nearest = Long.MAX_VALUE;
    for (InstanceRecord a : some) {
      for (InstanceRecord b : others) {
        LocalDate one = a.identity().date();
        LocalDate other = b.identity().date();
        if (one != null && other != null) {
          nearest = Math.min(nearest, Math.abs(ChronoUnit.DAYS.between(one, other)));
        }
      }
    }
    return nearest;
  }
}
