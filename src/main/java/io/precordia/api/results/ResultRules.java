package io.precordia.api.results;

import io.precordia.api.DestinationConfig;
import io.precordia.api.Hl7Config;
import io.precordia.delivery.hl7.ResultMessage.Party;
import io.precordia.dicom.result.ResultKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one destination gets and when.
 *
 * @param kinds that it gets
 * @param receiver who gets HL7 messages instead of objects; null for a destination of objects
 * @param threshold least probability with {@link DestinationConfig.When#FINDING}
 */
record ResultRules(
    String destination,
    Set<ResultKind> kinds,
    @Nullable Party receiver,
    DestinationConfig.When when,
    double threshold) {
  ResultRules {
    kinds = Set.copyOf(kinds);
  }

  /**
   * @throws io.precordia.error.PrecordiaException INVALID_CONFIGURATION
   */
  static ResultRules of(String name, DestinationConfig config, Hl7Config hl7) {
    Set<ResultKind> kinds = EnumSet.noneOf(ResultKind.class);
    boolean messages = config.kind() == DestinationConfig.Kind.MLLP;
    for (String id : messages ? List.<String>of() : config.results()) {
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
    @Nullable Party receiver = null;
    if (messages) {
      Hl7Config.Peer peer = hl7.peers().get(config.peer().orElse(""));
      receiver =
          peer == null
              ? new Party("", "")
              : new Party(peer.application().orElse(""), peer.facility().orElse(""));
    }
    return new ResultRules(name, kinds, receiver, config.when(), config.threshold());
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
