package io.precordia.model.more;

import io.precordia.study.Ecg;
import io.precordia.study.Pixels;
import java.util.function.Function;

/**
 * How decoded evidence becomes model input. All functions must be thread-safe.
 *
 * @param xray a radiograph to side·side normalised grey values, row-major
 * @param ecg one window to leads·samples values, canonical lead order, absent leads zero
 * @param text a text and the greatest number of ids to 1 or more token ids without padding
 */
public record MoreInputs(
    Function<Pixels, float[]> xray, Function<Ecg, float[]> ecg, TokenIds text) {
  /** Tokenizer. */
  @FunctionalInterface
  public interface TokenIds {
    int[] ids(String text, int maxTokens);
  }
}
