package io.precordia.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /v2/models/{name}/generate}. */
public record GenerateBody(
    @Nullable String id,
    @JsonProperty("text_input") @Nullable String textInput,
    @Nullable Parameters parameters) {
  /**
   * @param maxTokens most tokens to add
   */
  public record Parameters(@JsonProperty("max_tokens") @Nullable Integer maxTokens) {}
}
