package io.precordia.workspace;

import io.precordia.store.InstanceRecord;
import io.precordia.study.Identity;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital says anew of a patient. Only what questions can be filtered by is corrected; the
 * files themselves stay as they came.
 *
 * @param sex M, F or O; null leaves it
 * @param born ages are reckoned again from it; null leaves them
 */
record Demographics(@Nullable String sex, @Nullable LocalDate born) {
  private static final int OLDEST = 130;

  /** The instances that change, as they are to be told from now on. */
  List<InstanceRecord> correct(List<InstanceRecord> instances) {
    List<InstanceRecord> changed = new ArrayList<>();
    for (InstanceRecord r : instances) {
      Identity now = corrected(r.identity());
      if (!now.equals(r.identity())) {
        changed.add(
            new InstanceRecord(
                r.id(),
                r.sequence(),
                r.study(),
                r.subject(),
                r.origin(),
                r.status(),
                r.modality(),
                r.format(),
                now,
                r.text(),
                r.flags(),
                r.partNames(),
                r.bytes(),
                r.received(),
                r.joined(),
                r.windows()));
      }
    }
    return changed;
  }

  private Identity corrected(Identity i) {
    return new Identity(
        i.subject(),
        i.study(),
        i.object(),
        i.date(),
        sex == null ? i.sex() : sex,
        age(i),
        i.site(),
        i.tags(),
        i.source());
  }

  private @Nullable Integer age(Identity i) {
    LocalDate date = i.date();
    if (born == null || date == null) {
      return i.ageYears();
    }
    long years = ChronoUnit.YEARS.between(born, date);
    return years < 0 || years > OLDEST
        ? i.ageYears()
        : Objects.requireNonNull((Integer) (int) years);
  }
}
