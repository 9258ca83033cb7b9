package io.precordia.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmConfig;
import io.precordia.model.pair.Siglip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declared shapes of large published models, counted without allocating a weight. */
class PublishedSizesTest {
  static final String LLAMA_7B =
      """
      {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 11008, "vocab_size": 32000,
       "num_attention_heads": 32, "num_key_value_heads": 32, "num_hidden_layers": 32,
       "rms_norm_eps": 1e-05}
      """;

  /** Shape-optimised 400 M towers at 448 pixels, as MedSigLIP has them; %d is the image's side. */
  static final String SIGLIP_SO400M =
      """
      {"model_type": "siglip",
       "text_config": {"model_type": "siglip_text_model", "hidden_size": 1152,
        "intermediate_size": 4304, "num_attention_heads": 16, "num_hidden_layers": 27,
        "vocab_size": 32000, "max_position_embeddings": 64, "projection_size": 1152},
       "vision_config": {"model_type": "siglip_vision_model", "hidden_size": 1152,
        "intermediate_size": 4304, "num_attention_heads": 16, "num_hidden_layers": 27,
        "image_size": %d, "patch_size": 14}}
      """;

  @TempDir Path folder;

  private HubConfig config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    return HubConfig.read(folder);
  }

  @Test
  void llama7bHasThePublishedNumberOfParameters() throws IOException {
    config(LLAMA_7B);
    CausalLm model = new CausalLm(CausalLmConfig.read(folder));
    assertEquals(6_738_415_616L, model.parameterCount());
    assertEquals(3 + 32 * 9, model.parameters().size());
  }

  @Test
  void siglipSo400mHasThePublishedNumberOfParameters() throws IOException {
    assertEquals(878_300_338L, Siglip.of(config(SIGLIP_SO400M.formatted(448))).parameterCount());
    // 27 × 27 patches instead of 32 × 32
    assertEquals(
        878_300_338L - (1024 - 729) * 1152L,
        Siglip.of(config(SIGLIP_SO400M.formatted(384))).parameterCount());
  }
}
