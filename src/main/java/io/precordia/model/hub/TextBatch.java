package io.precordia.model.hub;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokenised texts on the host, padded to one length.
 *
 * @param mask 1 for real tokens, 0 for padding; null when all are real
 * @param types token types (sentence A or B); null for all 0
 */
public record TextBatch(TokenRows ids, @Nullable TokenRows mask, @Nullable TokenRows types) {
  public TextBatch {
    requireSame(ids, mask);
    requireSame(ids, types);
  }

  /** Pads texts behind their last token, each of at least one token, to the longest. */
  public static TextBatch of(List<int[]> texts, int padId) {
    int length = texts.stream().mapToInt(t -> t.length).max().orElse(0);
    return new TextBatch(padded(texts, length, padId), mask(texts, length), null);
  }

  /** Pads texts behind their last token to {@code length}, all tokens counting as real. */
  public static TextBatch full(List<int[]> texts, int padId, int length) {
    return new TextBatch(padded(texts, length, padId), null, null);
  }

  private static TokenRows padded(List<int[]> texts, int length, int padId) {
    int[] ids = new int[texts.size() * length];
    Arrays.fill(ids, padId);
    for (int i = 0; i < texts.size(); i++) {
      int[] text = texts.get(i);
      if (text.length > length) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT,
            "a text has " + text.length + " tokens but only " + length + " fit; shorten it");
      }
      System.arraycopy(text, 0, ids, i * length, text.length);
    }
    return new TokenRows(texts.size(), length, ids);
  }

  private static TokenRows mask(List<int[]> texts, int length) {
    int[] real = new int[texts.size() * length];
    for (int i = 0; i < texts.size(); i++) {
      Arrays.fill(real, i * length, i * length + texts.get(i).length, 1);
    }
    return new TokenRows(texts.size(), length, real);
  }

  private static void requireSame(TokenRows ids, @Nullable TokenRows other) {
    if (other != null && (other.rows() != ids.rows() || other.length() != ids.length())) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "ids, mask and types of a text batch differ in shape");
    }
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT if the batch is longer
   */
  public void requireLength(int maxTokens) {
    if (ids.length() > maxTokens) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a text has " + ids.length() + " tokens but the model takes " + maxTokens);
    }
  }

  /** FLOAT mask [n, tokens], null when all tokens are real. */
  public @Nullable Tensor keyMask(Ops ops) {
    return mask == null ? null : mask.mask(ops);
  }
}
