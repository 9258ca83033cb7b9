package io.precordia.api.results;

import io.precordia.dicom.result.Analysis;
import io.precordia.dicom.result.Finding;
import io.precordia.dicom.result.ResultSource;
import io.precordia.model.explain.RelevanceMap;
import io.precordia.study.Content;
import java.util.Map;

/**
 * What a model says of one kept DICOM film or ECG.
 *
 * @param content decoded, for pictures
 * @param maps where the model looked, by fact, for the findings with evidence
 */
record AnalysedInstance(
    ResultSource source, Content content, Analysis analysis, Map<String, RelevanceMap> maps) {
  AnalysedInstance {
    maps = Map.copyOf(maps);
  }

  /** Whether a finding other than a normal one is decided to be present with this probability. */
  boolean shows(double threshold) {
    return analysis.findings().stream()
        .anyMatch(
            f ->
                f.verdict() == Finding.Verdict.PRESENT
                    && f.probability() >= threshold
                    && !NormalFindings.contains(f.fact()));
  }
}
