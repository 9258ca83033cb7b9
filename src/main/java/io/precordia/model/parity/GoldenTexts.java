package io.precordia.model.parity;

import io.precordia.model.hub.TextBatch;
import io.precordia.nn.TokenRows;
import org.jspecify.annotations.Nullable;

/** Tokenised texts of a golden folder. */
final class GoldenTexts {
  private GoldenTexts() {}

  static TextBatch read(Golden golden) {
    return new TextBatch(
        GoldenTokens.rows(golden, "input_ids"),
        optional(golden, "attention_mask"),
        optional(golden, "token_type_ids"));
  }

  private static @Nullable TokenRows optional(Golden golden, String name) {
    return golden.hasInput(name) ? GoldenTokens.rows(golden, name) : null;
  }
}
