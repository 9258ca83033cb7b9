package io.precordia.fhir;

import io.precordia.api.EngineHolder;
import io.precordia.api.PrecordiaConfig;
import io.precordia.api.Questions;
import io.precordia.api.SearchPlan;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.query.SearchRequest;
import io.precordia.query.SearchResult.RankedHit;
import io.precordia.study.Modality;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** $similar: the studies and reports that are nearest in the embedding space. */
@Singleton
public class SimilarOperation implements Operation {
  private static final Set<String> NAMES =
      Set.of("study", "instance", "text", "file", "modality", "count");
  private final EngineHolder holder;
  private final Kept kept;
  private final ImagingStudyKind studies;
  private final DiagnosticReportKind reports;
  private final Versions versions;
  private final int most;

  SimilarOperation(
      EngineHolder holder,
      Kept kept,
      ImagingStudyKind studies,
      DiagnosticReportKind reports,
      Versions versions,
      PrecordiaConfig config) {
    this.holder = holder;
    this.kept = kept;
    this.studies = studies;
    this.reports = reports;
    this.versions = versions;
    this.most = config.search().maxK();
  }

  @Override
  public String name() {
    return "similar";
  }

  @Override
  public Resource invoke(String base, @Nullable String study, OperationInput input) {
    input.only(NAMES);
    String named = input.text("study");
    if (study != null && (named != null || input.text("text") != null)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "on a study, neither study nor text may be given");
    }
    String own = study != null ? study : named == null ? null : StudyQuestion.id(named);
    String instance = input.text("instance");
    if (own != null) {
      instance = StudyQuestion.evidence(kept, own, instance).getFirst().id();
    }
    Integer count = input.number("count");
    int wanted = count == null ? 10 : count;
    if (wanted < 1 || wanted > most) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "count must be from 1 to " + most);
    }
    SearchRequest request =
        new SearchPlan(most + 1)
            .of(
                input.text("text"),
                input.files("file"),
                instance,
                input.text("modality"),
                null,
                wanted + 1,
                null,
                "study");
    String asking = own != null ? own : instance == null ? "" : studyOf(instance);
    List<Map.Entry<Resource, Double>> hits = new ArrayList<>();
    try (Questions questions = holder.ask(null)) {
      for (RankedHit hit : questions.searches().search(request).hits()) {
        // the study that asks is no answer
        if (hits.size() < wanted && !hit.study().equals(asking)) {
          resource(hit).ifPresent(r -> hits.add(Map.entry(versions.stamp(r), score(hit.score()))));
        }
      }
    }
    return Bundles.ranked(base, hits);
  }

  private String studyOf(String instance) {
    return kept.records().instance(instance).study();
  }

  private Optional<Resource> resource(RankedHit hit) {
    return hit.modality() == Modality.REPORT
        ? reports.read(hit.instance())
        : studies.read(hit.study());
  }

  /** A cosine as a score: Bundle.entry.search.score is 0 to 1. */
  private static double score(double cosine) {
    return Math.clamp(Math.round(cosine * 1e6) / 1e6, 0.0, 1.0);
  }

  @Override
  public OperationDefinition definition() {
    OperationDefinition definition =
        Definitions.query(
            name(),
            "Similar",
            "Ranks what is kept by the cosine of its vector with that of a kept image or recording, a file or a text.");
    Definitions.in(definition, "study", "1", "string", "On the type: a kept ImagingStudy");
    Definitions.in(
        definition, "instance", "1", "string", "Which instance of it asks; the first if absent");
    Definitions.in(definition, "text", "1", "string", "On the type: words to search by");
    Definitions.in(
        definition,
        "file",
        "*",
        "Attachment",
        "A file to search by (a WFDB header with its signal file); it is not kept");
    Definitions.in(definition, "modality", "1", "code", "xray, ecg, report or any");
    Definitions.in(definition, "count", "1", "integer", "Number of hits, 10 if absent");
    Definitions.out(
        definition,
        "Bundle",
        "searchset of ImagingStudy and DiagnosticReport, the nearest first; score is the cosine, 0 where it is negative");
    return definition;
  }
}
