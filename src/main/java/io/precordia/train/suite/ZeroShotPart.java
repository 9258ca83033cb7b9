package io.precordia.train.suite;

import io.precordia.train.data.StudySample;
import io.precordia.train.eval.Figure;
import io.precordia.train.eval.Gallery;
import io.precordia.train.eval.ScoredGallery;
import io.precordia.train.figures.Section;
import io.precordia.train.text.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Zero-shot classification of real studies by prompt contrasts, whole and by subgroup. */
final class ZeroShotPart {
  static final String SUPERCLASSES = "PTB-XL, five superclasses";
  static final String FIBRILLATION = "PTB-XL, atrial fibrillation";
  static final String KERMANY = "Kermany, pneumonia against normal";
  private static final int LEAST = 10;
  private final Subject subject;

  ZeroShotPart(Subject subject) {
    this.subject = subject;
  }

  Section whole() {
    List<Figure> out = new ArrayList<>();
    Gallery ecgs = subject.ptbxl().gallery();
    if (!ecgs.studies().isEmpty()) {
      ScoredGallery scored = superclasses(ecgs);
      out.add(scored.macroAuroc(SUPERCLASSES, subject.bootstrap()));
      List<String> names = List.copyOf(subject.facts().superclasses().keySet());
      for (int i = 0; i < names.size(); i++) {
        out.addAll(three("PTB-XL, " + names.get(i), scored, i));
      }
      out.addAll(one(FIBRILLATION, ecgs, "atrial-fibrillation"));
    }
    out.addAll(one(KERMANY, subject.kermany().gallery(), "pneumonia"));
    Gallery pneumonias =
        subject.kermany().gallery().only(s -> shows(s, subject.facts().get("pneumonia")));
    out.addAll(one("Kermany, bacterial against viral", pneumonias, "bacterial-pneumonia"));
    for (String view : List.of("AP", "PA")) {
      Gallery films = subject.nih().gallery().only(s -> s.group().equals(view));
      out.addAll(one("NIH " + view + ", pneumonia against no finding", films, "pneumonia"));
    }
    return new Section("zero-shot", out, List.of());
  }

  /** AUROC in each subgroup with at least 10 studies of either kind; small ones are left out. */
  Section subgroups() {
    List<Figure> out = new ArrayList<>();
    Fact pneumonia = subject.facts().get("pneumonia");
    for (String key : List.of("view", "sex", "age")) {
      strata(subject.nih().gallery(), key)
          .forEach(
              (name, films) -> {
                if (enough(films, pneumonia)) {
                  out.add(
                      scored(films, pneumonia)
                          .auroc(
                              "NIH, pneumonia against no finding, " + name,
                              0,
                              subject.bootstrap()));
                }
              });
    }
    for (String key : List.of("source", "sex", "age")) {
      strata(subject.ptbxl().gallery(), key)
          .forEach(
              (name, ecgs) -> {
                List<Fact> facts =
                    subject.facts().superclasses().values().stream()
                        .filter(f -> enough(ecgs, f))
                        .toList();
                if (!facts.isEmpty()) {
                  String ids = String.join(", ", facts.stream().map(this::code).toList());
                  out.add(
                      ScoredGallery.of(ecgs, facts, subject.embedder(), subject.denialWeight())
                          .macroAuroc("PTB-XL, " + name + ": " + ids, subject.bootstrap()));
                }
              });
    }
    return new Section("subgroups", out, List.of());
  }

  private String code(Fact fact) {
    return subject.facts().superclasses().entrySet().stream()
        .filter(e -> e.getValue().equals(fact))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(fact.id());
  }

  private static Map<String, Gallery> strata(Gallery gallery, String key) {
    Map<String, Gallery> out = new LinkedHashMap<>();
    TreeSet<String> values = new TreeSet<>();
    gallery.studies().forEach(s -> values.add(s.stratum(key)));
    for (String value : values) {
      Predicate<StudySample> here = s -> s.stratum(key).equals(value);
      out.put(key + " " + (value.isEmpty() ? "unknown" : value), gallery.only(here));
    }
    return out;
  }

  private static boolean enough(Gallery gallery, Fact fact) {
    int positives = 0;
    for (boolean p : gallery.present(fact)) {
      positives += p ? 1 : 0;
    }
    return positives >= LEAST && gallery.studies().size() - positives >= LEAST;
  }

  private ScoredGallery superclasses(Gallery ecgs) {
    return ScoredGallery.of(
        ecgs,
        List.copyOf(subject.facts().superclasses().values()),
        subject.embedder(),
        subject.denialWeight());
  }

  private ScoredGallery scored(Gallery gallery, Fact fact) {
    return ScoredGallery.of(gallery, List.of(fact), subject.embedder(), subject.denialWeight());
  }

  private List<Figure> one(String task, Gallery gallery, String fact) {
    return gallery.studies().isEmpty()
        ? List.of()
        : three(task, scored(gallery, subject.facts().get(fact)), 0);
  }

  private List<Figure> three(String task, ScoredGallery scored, int fact) {
    return List.of(
        scored.auroc(task, fact, subject.bootstrap()),
        scored.averagePrecision(task, fact, subject.bootstrap()),
        scored.sensitivity(task, fact, subject.bootstrap()));
  }

  private static boolean shows(StudySample study, Fact fact) {
    return study.xrayKnowledge().present().get(fact.index());
  }
}
