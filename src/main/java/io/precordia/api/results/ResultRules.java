package io.precordia.api.results;

import io.precordia.api.DestinationConfig;
import io.precordia.dicom.result.ResultKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one destination gets and when.
 *
 * @param kinds that it gets
 * @param threshold least probability with {@link DestinationConfig.When#FINDING}
 */
record ResultRules(
    String destination, Set<ResultKind> kinds, DestinationConfig.When when, double threshold) {
  ResultRules {
    kinds = Set.copyOf(kinds);
  }

  /**
   * @throws io.precordia.error.PrecordiaException INVALID_CONFIGURATION
   */
  static ResultRules of(String name, DestinationConfig config) {
    Set<ResultKind> kinds = EnumSet.noneOf(ResultKind.class);
    for (String id : config.results()) {
      kinds.add(
          ResultKind.ofId(id.strip())
              .orElseThrow(
                  () ->
                      Transports.invalid(
                          name,
                          "results are "
                              + Arrays.stream(ResultKind.values())
                                  .map(ResultKind::id)
                                  .collect(Collectors.joining(", ")))));
    }
    if (!(config.threshold() >= 0 && config.threshold() <= 1) || config.attempts() < 1) {
      throw Transports.invalid(name, "threshold is 0 to 1 and attempts at least 1");
    }
    return new ResultRules(name, kinds, config.when(), config.threshold());
  }

  /** Whether a complete study's instance is for it. */
  boolean wants(AnalysedInstance analysed) {
    return switch (when) {
      case ALWAYS -> true;
      case FINDING -> analysed.shows(threshold);
      case REQUEST -> false;
    };
  }
}
