package io.precordia.model.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.model.HubModels;
import io.precordia.model.TinyModels;
import io.precordia.model.pair.Clip;
import io.precordia.model.text.ClipText;
import io.precordia.model.text.SiglipText;
import io.precordia.model.vision.ClipVision;
import io.precordia.model.vision.SiglipVision;
import io.precordia.nn.Initializer;
import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that say the same in other words give the same model. */
class ConfigVariantsTest {
  private static final String VISION =
      "{\"hidden_size\":8,\"intermediate_size\":12,\"num_hidden_layers\":1,"
          + "\"num_attention_heads\":2,\"image_size\":8,\"patch_size\":4%s}";
  private static final String TEXT =
      "{\"hidden_size\":8,\"intermediate_size\":12,\"num_hidden_layers\":1,"
          + "\"num_attention_heads\":2,\"vocab_size\":20,\"max_position_embeddings\":6%s}";

  @TempDir private Path folder;

  private HubConfig config(String json) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, json);
    return HubConfig.readFile(file);
  }

  private static ParameterSet renamed(ParameterSet set, Function<String, String> names) {
    ParameterSet out = new ParameterSet();
    for (ParameterSpec spec : set.specs()) {
      out.put(
          new ParameterSpec(
              names.apply(spec.name()), spec.shape(), ParameterSpec.Role.WEIGHT, Initializer.ZEROS),
          set.values(spec.name()));
    }
    return out;
  }

  private <M extends Layer> void sameWithoutPrefix(
      String config, String prefix, Function<Path, HubModel<M>> open) throws IOException {
    ParameterSet weights = TinyModels.weights(declared(config), 3);
    Path plain = TinyModels.write(folder.resolve("plain"), config, weights);
    Path bare =
        TinyModels.write(
            folder.resolve("bare"),
            config,
            renamed(weights, n -> n.startsWith(prefix) ? n.substring(prefix.length()) : n));
    ParameterSet read = open.apply(bare).weights();
    assertEquals(weights.specs().size(), open.apply(plain).weights().specs().size());
    for (ParameterSpec spec : weights.specs()) {
      assertArrayEquals(weights.values(spec.name()), read.values(spec.name()), spec.name());
    }
  }

  private List<ParameterSpec> declared(String config) throws IOException {
    HubConfig c = config(config);
    return List.copyOf(
        switch (c.modelType()) {
          case "clip_vision_model" -> ClipVision.read(c).parameters();
          case "siglip_vision_model" -> SiglipVision.read(c).parameters();
          case "clip_text_model" -> ClipText.read(c).parameters();
          default -> SiglipText.read(c).parameters();
        });
  }

  @Test
  void aTowerAloneMayLeaveItsNameOut() throws IOException {
    for (String type : new String[] {"clip", "siglip"}) {
      String vision = VISION.formatted(",\"model_type\":\"" + type + "_vision_model\"");
      sameWithoutPrefix(vision, "vision_model.", HubModels::vision);
      String text = TEXT.formatted(",\"model_type\":\"" + type + "_text_model\"");
      sameWithoutPrefix(text, "text_model.", HubModels::text);
    }
  }

  @Test
  void theOldSectionTakesThePlaceOfTheNewOneWithItsDefaults() throws IOException {
    String both =
        "{\"model_type\":\"clip\",\"projection_dim\":8,\"vision_config\":%s,\"text_config\":%s,"
            + "\"text_config_dict\":%s}";
    Clip old =
        Clip.of(
            config(
                both.formatted(
                    VISION.formatted(""),
                    TEXT.formatted(""),
                    "{\"hidden_size\":16,\"vocab_size\":30}")));
    Map<String, ParameterSpec> specs = new HashMap<>();
    old.parameters().forEach(s -> specs.put(s.name(), s));
    assertArrayEquals(
        new long[] {30, 16}, specs.get("text_model.embeddings.token_embedding.weight").shape());
    // Not 6: what text_config says is gone, and the class's default stands.
    assertArrayEquals(
        new long[] {77, 16}, specs.get("text_model.embeddings.position_embedding.weight").shape());
    assertTrue(specs.containsKey("text_model.encoder.layers.11.mlp.fc1.weight"));
  }
}
