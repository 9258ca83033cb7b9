package io.precordia.train.suite;

import io.precordia.report.ReportCleaner;
import io.precordia.report.ReportSections;
import io.precordia.study.Modality;
import io.precordia.train.data.StudySample;
import io.precordia.train.eval.Figure;
import io.precordia.train.eval.Gallery;
import io.precordia.train.eval.ScoredGallery;
import io.precordia.train.figures.Section;
import io.precordia.train.retrieval.PartnerRetrieval;
import io.precordia.train.retrieval.SameFinding;
import io.precordia.train.text.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Retrieval on simulated triples of a population that training never saw. */
final class RetrievalPart {
  static final String XRAY_TO_REPORT = "X-ray → whole report";
  static final String ECG_TO_REPORT = "ECG → whole report";
  static final String XRAY_TO_ECG_LINKED = "X-ray → ECG, linked conditions, gallery of all";
  static final String ECG_TO_XRAY_LINKED = "ECG → X-ray, linked conditions, gallery of all";
  private static final int LEAST = 10;
  private static final int CHUNK = 32;
  private final Subject subject;
  private final float[][] films;
  private final float[][] ecgs;
  private final float[][] reports;
  private final List<String> patients;

  RetrievalPart(Subject subject) {
    this.subject = subject;
    this.films = subject.films().gallery().vectors();
    this.ecgs = subject.ecgs().gallery().vectors();
    ReportCleaner cleaner = new ReportCleaner();
    this.reports = texts(s -> cleaner.embeddingText(ReportSections.split(s.report())));
    this.patients = subject.simulated().stream().map(StudySample::patient).toList();
  }

  /** The exact partner in all six directions. */
  Section partners() {
    PartnerRetrieval retrieval = new PartnerRetrieval(subject.bootstrap());
    int[] all = IntStream.range(0, films.length).toArray();
    float[][] filmTexts = texts(s -> s.xrayTexts().getFirst().text());
    float[][] ecgTexts = texts(s -> s.ecgTexts().getFirst().text());
    List<Figure> out = new ArrayList<>();
    out.addAll(retrieval.figures(XRAY_TO_REPORT, films, reports, patients, all));
    out.addAll(retrieval.figures(ECG_TO_REPORT, ecgs, reports, patients, all));
    out.addAll(retrieval.figures("whole report → X-ray", reports, films, patients, all));
    out.addAll(retrieval.figures("whole report → ECG", reports, ecgs, patients, all));
    out.addAll(retrieval.figures("X-ray → ECG", films, ecgs, patients, all));
    out.addAll(retrieval.figures("ECG → X-ray", ecgs, films, patients, all));
    out.addAll(retrieval.figures("X-ray → its own section", films, filmTexts, patients, all));
    out.addAll(retrieval.figures("ECG → its own section", ecgs, ecgTexts, patients, all));
    out.addAll(retrieval.figures("own section → X-ray", filmTexts, films, patients, all));
    out.addAll(retrieval.figures("own section → ECG", ecgTexts, ecgs, patients, all));
    return new Section("retrieval", out, List.of());
  }

  /** X-ray and ECG of one patient, where a condition links them. */
  Section linked() {
    PartnerRetrieval retrieval = new PartnerRetrieval(subject.bootstrap());
    int[] linked =
        IntStream.range(0, films.length)
            .filter(i -> Boolean.parseBoolean(subject.simulated().get(i).stratum("linked")))
            .toArray();
    List<Figure> out = new ArrayList<>();
    if (linked.length > 0) {
      out.addAll(retrieval.figures(XRAY_TO_ECG_LINKED, films, ecgs, patients, linked));
      out.addAll(retrieval.figures(ECG_TO_XRAY_LINKED, ecgs, films, patients, linked));
      float[][] someFilms = Arrays.stream(linked).mapToObj(i -> films[i]).toArray(float[][]::new);
      float[][] someEcgs = Arrays.stream(linked).mapToObj(i -> ecgs[i]).toArray(float[][]::new);
      List<String> owners = Arrays.stream(linked).mapToObj(patients::get).toList();
      int[] all = IntStream.range(0, linked.length).toArray();
      out.addAll(
          retrieval.figures(
              "X-ray → ECG, linked conditions alone", someFilms, someEcgs, owners, all));
      out.addAll(
          retrieval.figures(
              "ECG → X-ray, linked conditions alone", someEcgs, someFilms, owners, all));
    }
    return new Section("linked", out, List.of());
  }

  /** Precision by finding: of a text query, and of a study whose partner was taken out. */
  Section findings() {
    List<Figure> out = new ArrayList<>();
    SameFinding same = new SameFinding(subject.bootstrap());
    for (Modality modality : List.of(Modality.XRAY, Modality.ECG)) {
      boolean film = modality == Modality.XRAY;
      Gallery gallery = film ? subject.films().gallery() : subject.ecgs().gallery();
      Gallery other = film ? subject.ecgs().gallery() : subject.films().gallery();
      String kind = film ? "X-ray" : "ECG";
      List<Fact> asked =
          subject.facts().of(modality).stream().filter(f -> frequent(gallery.present(f))).toList();
      if (asked.isEmpty()) {
        continue;
      }
      ScoredGallery scored = ScoredGallery.of(gallery, asked, subject.embedder(), 0);
      out.add(scored.meanPrecision(textTo(kind), subject.bootstrap()));
      for (int i = 0; i < asked.size(); i++) {
        out.add(scored.precision(textTo(kind) + ", " + asked.get(i).id(), i, subject.bootstrap()));
      }
      out.add(same.figure("whole report → " + kind + ", partner removed", reports, gallery, asked));
      String from = film ? "ECG" : "X-ray";
      out.add(
          same.figure(from + " → " + kind + ", partner removed", other.vectors(), gallery, asked));
      out.add(
          same.figure(kind + " → " + kind + ", itself removed", gallery.vectors(), gallery, asked));
    }
    return new Section("findings", out, List.of());
  }

  static String textTo(String kind) {
    return "text → " + kind;
  }

  private float[][] texts(Function<StudySample, String> text) {
    List<String> all = subject.simulated().stream().map(text).toList();
    List<float[]> out = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<String> some = all.subList(from, Math.min(all.size(), from + CHUNK));
      out.addAll(List.of(subject.embedder().texts(some)));
    }
    return out.toArray(float[][]::new);
  }

  private static boolean frequent(boolean[] present) {
    int n = 0;
    for (boolean p : present) {
      n += p ? 1 : 0;
    }
    return n >= LEAST;
  }
}
