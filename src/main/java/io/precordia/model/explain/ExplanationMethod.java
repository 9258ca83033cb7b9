package io.precordia.model.explain;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Ways to say where a model looked. */
public enum ExplanationMethod {
  /**
   * Attention rollout (Abnar and Zuidema, ACL 2020): what the class token gathered from, whatever
   * was asked.
   */
  ROLLOUT,
  /**
   * Gradient × attention relevance rollout of MoRE (specification 1.9; Chefer et al., CVPR 2021).
   */
  GRADIENT,
  /**
   * Salient relevance: gradient × attention (radiograph) or × relevance (ECG), rolled out, with
   * integrated gradients at the input; a radiograph's map is gathered into areas.
   */
  SALIENT,
  /**
   * What the class token reads in the top blocks, signed, with integrated gradients at the input.
   * The default.
   */
  RELEVANCE;

  /** Stable text form. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT for an unknown id
   */
  public static ExplanationMethod of(String id) {
    return Arrays.stream(values())
        .filter(m -> m.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new PrecordiaException(
                    ErrorCode.INVALID_ARGUMENT,
                    "method must be one of "
                        + Arrays.stream(values())
                            .map(ExplanationMethod::id)
                            .collect(Collectors.joining(", "))));
  }
}
