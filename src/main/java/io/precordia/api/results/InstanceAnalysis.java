package io.precordia.api.results;

import io.precordia.api.CalibratedFinding;
import io.precordia.api.Embeddings;
import io.precordia.api.Engine;
import io.precordia.api.Explanations;
import io.precordia.api.Questions;
import io.precordia.dicom.result.Analysis;
import io.precordia.dicom.result.Evidence;
import io.precordia.dicom.result.Finding;
import io.precordia.dicom.result.ResultSource;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.RelevanceMap;
import io.precordia.serve.Cancellation;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Content;
import io.precordia.study.Modality;
import io.precordia.study.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the model that answers now what it finds in a kept film or ECG, and where it looked for what
 * it decided to be present. Thread-safe.
 */
final class InstanceAnalysis {
  /** Findings that are explained; each costs a pass with gradients. */
  private static final int MOST_EXPLAINED = 3;

  private final Engine engine;
  private final String software;

  InstanceAnalysis(Engine engine, String software) {
    this.engine = engine;
    this.software = software;
  }

  /** Whether results can be made of it: a DICOM film or ECG that was embedded. */
  static boolean possible(InstanceRecord record) {
    return record.format().equals("dicom")
        && record.windows() > 0
        && (record.modality() == Modality.XRAY || record.modality() == Modality.ECG);
  }

  /**
   * @param fact a finding that is to be explained, whatever is decided of it; null for those that
   *     are present
   * @throws PrecordiaException NOT_FOUND, UNSUPPORTED_FORMAT for what is no DICOM film or ECG,
   *     NOT_EXPLAINABLE or INVALID_ARGUMENT for a fact that cannot be explained, BUSY
   */
  AnalysedInstance analyse(InstanceRecord record, @Nullable String fact) {
    return analyse(record, said -> explained(said, fact), fact != null);
  }

  /** What is said, without where the model looked. */
  AnalysedInstance said(InstanceRecord record) {
    return analyse(record, said -> Set.of(), false);
  }

  private AnalysedInstance analyse(
      InstanceRecord record,
      Function<List<CalibratedFinding>, Set<String>> toExplain,
      boolean asked) {
    Content content = Embeddings.content(engine.workspace().records().decoded(record.id()));
    if (!record.format().equals("dicom") || content instanceof Report) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT, "results are made of DICOM radiographs and ECGs only");
    }
    ResultSource source =
        ResultSource.read(engine.workspace().records().files(record.id()).getFirst().bytes());
    try (Questions questions = engine.ask(null, new Cancellation())) {
      List<CalibratedFinding> said =
          questions
              .classification()
              .findings(content.modality(), questions.embeddings().vectors(content));
      Map<String, RelevanceMap> maps = new HashMap<>();
      Map<String, Evidence> evidence = new HashMap<>();
      Map<String, Double> scores = new HashMap<>();
      for (String wanted : toExplain.apply(said)) {
        explain(questions, content, wanted, asked, maps, evidence, scores);
      }
      List<Finding> findings = new ArrayList<>();
      for (CalibratedFinding f : said) {
        findings.add(
            new Finding(
                f.fact(),
                f.presence(),
                scores.get(f.fact()),
                verdict(f.decision()),
                evidence.get(f.fact())));
      }
      findings.sort(Comparator.comparing(Finding::verdict).thenComparing(f -> -f.probability()));
      return new AnalysedInstance(
          source,
          content,
          new Analysis(
              software,
              questions.classification().model(content.modality()),
              record.received(),
              findings),
          maps);
    }
  }

  private static void explain(
      Questions questions,
      Content content,
      String fact,
      boolean asked,
      Map<String, RelevanceMap> maps,
      Map<String, Evidence> evidence,
      Map<String, Double> scores) {
    try {
      Explanations.Explained explained =
          questions
              .explanations()
              .explain(content, fact.replace('-', ' '), ExplanationMethod.RELEVANCE);
      RelevanceMap map = explained.explanation().map().normalised();
      Evidence found = EvidenceOf.map(map, content);
      scores.put(fact, explained.explanation().score());
      if (found != null) {
        maps.put(fact, map);
        evidence.put(fact, found);
      }
    } catch (PrecordiaException e) {
      if (asked || e.code() != ErrorCode.NOT_EXPLAINABLE) {
        throw e;
      }
    }
  }

  private static Set<String> explained(List<CalibratedFinding> said, @Nullable String fact) {
    if (fact != null) {
      if (said.stream().noneMatch(f -> f.fact().equals(fact))) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT,
            "the model is not calibrated for this finding; GET /v1/instances/{id}/results lists those it is");
      }
      return Set.of(fact);
    }
    Set<String> out = new HashSet<>();
    said.stream()
        .filter(f -> verdict(f.decision()) == Finding.Verdict.PRESENT)
        .filter(f -> !NormalFindings.contains(f.fact()))
        .sorted(Comparator.comparingDouble(f -> -f.presence()))
        .limit(MOST_EXPLAINED)
        .forEach(f -> out.add(f.fact()));
    return out;
  }

  private static Finding.Verdict verdict(@Nullable String decision) {
    return switch (decision) {
      case "present" -> Finding.Verdict.PRESENT;
      case "absent" -> Finding.Verdict.ABSENT;
      case null, default -> Finding.Verdict.UNDECIDED;
    };
  }
}
