package io.precordia.api.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.precordia.serve.generate.Generated;
import io.precordia.study.ModelRef;
import java.util.Locale;

/** A continuation with its provenance. */
public record GenerateAnswer(
    @JsonProperty("model_name") String modelName,
    @JsonProperty("model_version") String modelVersion,
    @JsonProperty("text_output") String textOutput,
    @JsonProperty("prompt_tokens") int promptTokens,
    @JsonProperty("new_tokens") int newTokens,
    @JsonProperty("finish_reason") String finishReason,
    ModelRef model) {
  /**
   * @param name as the model was addressed
   */
  public static GenerateAnswer of(String name, Generated made) {
    return new GenerateAnswer(
        name,
        made.model().version(),
        made.text(),
        made.promptTokens(),
        made.newTokens(),
        made.finish().name().toLowerCase(Locale.ROOT),
        made.model());
  }
}
