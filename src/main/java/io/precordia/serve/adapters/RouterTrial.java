package io.precordia.serve.adapters;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterHost;
import io.precordia.serve.WarmUp;
import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * A first pass under a router before it gets its name: whether its classifier reads this model's
 * states, and whether it sees the layers token by token, shows only when it runs.
 */
final class RouterTrial {
  private RouterTrial() {}

  /**
   * @throws PrecordiaException BAD_WEIGHTS if it fails on what it changes, or changes nothing
   */
  static void run(AdapterHost model, String sha256) {
    if (!(model instanceof AdaptableEncoder encoder)) {
      return;
    }
    List<Integer> routed = new ArrayList<>();
    for (Modality modality : encoder.modalities()) {
      encoder.embed(
          modality, List.of(item(modality)), List.of(sha256), (row, shares) -> routed.add(row));
    }
    if (routed.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "router: its members change nothing that a pass goes through");
    }
  }

  private static Object item(Modality modality) {
    return switch (modality) {
      case XRAY -> WarmUp.xray();
      case ECG -> WarmUp.ecg();
      case REPORT -> "No acute cardiopulmonary abnormality.";
    };
  }
}
