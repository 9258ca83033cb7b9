package io.precordia.train.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import io.precordia.train.optim.StepSeed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pairs for training and for validation, by kind of evidence; no subject is in both. Which subjects
 * are set aside is a function of their ids and the seed.
 *
 * @param training only kinds with enough subjects
 * @param validation of those kinds, one pair of a subject, at least two pairs of a kind
 */
record PairSplit(Map<Modality, List<SitePair>> training, Map<Modality, List<SitePair>> validation) {
  /** With fewer subjects a batch holds hardly a negative. */
  static final int LEAST_SUBJECTS = 4;

  /** More would make validation slower than training; figures gain little. */
  private static final int MOST_VALIDATION = 500;

  private static final List<Modality> KINDS = List.of(Modality.XRAY, Modality.ECG);

  /**
   * @param share of the subjects set aside; above 0 means at least two
   * @throws PrecordiaException INVALID_CONFIGURATION with the numbers found, if no kind has enough
   */
  static PairSplit of(List<SitePair> pairs, double share, long seed) {
    Set<String> aside = aside(pairs, share, seed);
    Map<Modality, List<SitePair>> training = new EnumMap<>(Modality.class);
    Map<Modality, List<SitePair>> validation = new EnumMap<>(Modality.class);
    for (Modality kind : KINDS) {
      List<SitePair> some =
          pairs.stream().filter(p -> p.modality() == kind && !aside.contains(p.subject())).toList();
      if (subjects(some) < LEAST_SUBJECTS) {
        continue;
      }
      training.put(kind, some);
      Set<String> seen = new HashSet<>();
      List<SitePair> firsts =
          pairs.stream()
              .filter(p -> p.modality() == kind && aside.contains(p.subject()))
              .filter(p -> seen.add(p.subject()))
              .limit(MOST_VALIDATION)
              .toList();
      if (firsts.size() > 1) {
        validation.put(kind, firsts);
      }
    }
    if (training.isEmpty()) {
      throw tooFew(pairs, aside.size());
    }
    return new PairSplit(training, validation);
  }

  private static Set<String> aside(List<SitePair> pairs, double share, long seed) {
    List<String> subjects =
        new ArrayList<>(new HashSet<>(pairs.stream().map(SitePair::subject).toList()));
    subjects.sort(
        Comparator.<String>comparingLong(s -> StepSeed.of(seed, s.hashCode()))
            .thenComparing(Comparator.naturalOrder()));
    int count = share == 0 ? 0 : Math.max(2, (int) Math.round(share * subjects.size()));
    return new HashSet<>(subjects.subList(0, Math.min(count, subjects.size())));
  }

  private static long subjects(List<SitePair> pairs) {
    return pairs.stream().map(SitePair::subject).distinct().count();
  }

  private static PrecordiaException tooFew(List<SitePair> pairs, int aside) {
    StringBuilder found = new StringBuilder();
    for (Modality kind : KINDS) {
      List<SitePair> some = pairs.stream().filter(p -> p.modality() == kind).toList();
      found
          .append(found.isEmpty() ? "" : " and ")
          .append(some.size())
          .append(kind == Modality.XRAY ? " X-ray" : " ECG")
          .append("-report pairs of ")
          .append(subjects(some))
          .append(" subjects");
    }
    return new PrecordiaException(
        ErrorCode.INVALID_CONFIGURATION,
        "too few pairs: found "
            + found
            + ", of which "
            + aside
            + " subjects are set aside for validation; training needs at least "
            + LEAST_SUBJECTS
            + " subjects with an X-ray or an ECG and a report of the same study");
  }
}
