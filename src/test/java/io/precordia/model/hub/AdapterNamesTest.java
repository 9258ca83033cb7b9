package io.precordia.model.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Modules as the classes that adapters are trained on have them. */
class AdapterNamesTest {
  private static AdapterNames names(String type, String... modules) {
    return new AdapterNames(
        type,
        Arrays.stream(modules)
            .map(
                m ->
                    new ParameterSpec(
                        m + ".weight",
                        new long[] {2, 2},
                        ParameterSpec.Role.WEIGHT,
                        Initializer.ZEROS))
            .toList());
  }

  @Test
  void memoryFileAndWrapperNamesAreOneLayer() {
    String own = "encoder.layer.0.attention.attention.query";
    AdapterNames vit = names("vit", own);
    for (String module :
        new String[] {
          own, "layers.0.attention.q_proj", "vit." + own, "vit.layers.0.attention.q_proj"
        }) {
      assertEquals(own, vit.apply(module), module);
    }
    assertEquals("pooler.other", vit.apply("pooler.other"));
    String query = "encoder.layer.1.attention.self.query";
    assertEquals(query, names("bert", query).apply("bert." + query));
    assertEquals(query, names("xlm-roberta", query).apply("roberta." + query));
  }

  @Test
  void aTowerIsFoundButNeverTakenForTheOther() {
    String layer = "encoder.layers.0.self_attn.q_proj";
    AdapterNames pictures = names("siglip_vision_model", "vision_model." + layer);
    assertEquals("vision_model." + layer, pictures.apply("vision_model." + layer));
    assertEquals("vision_model." + layer, pictures.apply(layer));
    assertEquals("text_model." + layer, pictures.apply("text_model." + layer));
    AdapterNames both = names("clip", "vision_model." + layer, "text_model." + layer);
    assertEquals("text_model." + layer, both.apply("text_model." + layer));
    assertEquals("vision_model." + layer, both.apply("clip.vision_model." + layer));
    assertEquals(layer, both.apply(layer), "either tower could be meant");
  }
}
