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
  /** Salient relevance: token evidence at input resolution, gathered into areas. */
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
