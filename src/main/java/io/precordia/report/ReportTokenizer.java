package io.precordia.report;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Text to token ids by a Hugging Face {@code tokenizer.json}. Thread-safe until closed; never uses
 * the network.
 */
public final class ReportTokenizer implements AutoCloseable {
  /**
   * Longest text that is tokenised, in characters; the rest is dropped, far beyond any model's
   * length.
   */
  private static final int MAX_CHARACTERS = 200_000;

  private final HuggingFaceTokenizer tokenizer;

  private ReportTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Reads a tokenizer.
   *
   * @throws PrecordiaException BAD_WEIGHTS if the file is absent or not a tokenizer
   */
  public static ReportTokenizer load(Path tokenizerJson) {
    if (!Files.isRegularFile(tokenizerJson)) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "no tokenizer.json in the model folder");
    }
    // DJL otherwise reports its use to its makers by HTTP.
    System.setProperty("ai.djl.offline", "true");
    try {
      return new ReportTokenizer(
          HuggingFaceTokenizer.newInstance(
              tokenizerJson, Map.of("truncation", "false", "padding", "false")));
    } catch (java.io.IOException | RuntimeException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "tokenizer.json cannot be read as a Hugging Face tokenizer", e);
    }
  }

  /**
   * Ids of {@code text} with the tokenizer's special tokens, at most {@code maxLength}: text tokens
   * are dropped from the end, special tokens kept.
   *
   * @param maxLength at least 3
   */
  public int[] ids(String text, int maxLength) {
    if (maxLength < 3) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "maxLength must be at least 3");
    }
    String bounded = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
    Encoding encoding = tokenizer.encode(bounded);
    return truncated(encoding.getIds(), encoding.getSpecialTokenMask(), maxLength);
  }

  /** Text of ids, without special tokens. */
  public String text(int[] ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
  }

  /** Id of a token, or -1 if the vocabulary lacks it. */
  public int id(String token) {
    long[] ids = tokenizer.encode(token, false, false).getIds();
    return ids.length == 1 && tokenizer.decode(ids, false).strip().equals(token)
        ? Math.toIntExact(ids[0])
        : -1;
  }

  private static int[] truncated(long[] ids, long[] special, int maxLength) {
    int tail = 0;
    while (tail < ids.length && special[ids.length - 1 - tail] == 1) {
      tail++;
    }
    int excess = Math.max(0, ids.length - maxLength);
    int keep = Math.max(0, ids.length - tail - excess);
    int[] out = new int[Math.min(ids.length, maxLength)];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.toIntExact(ids[i < keep ? i : i + excess]);
    }
    return out;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
