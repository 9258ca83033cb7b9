package io.precordia.model.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import io.precordia.imaging.HubImageProcessor;
import io.precordia.imaging.HubImageSettings;
import io.precordia.imaging.Picture;
import io.precordia.imaging.Resample;
import io.precordia.imaging.ResizeTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubNamesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "vit, layers.3.attention.q_proj, encoder.layer.3.attention.attention.query",
    "vit, layers.0.attention.o_proj.bias, encoder.layer.0.attention.output.dense.bias",
    "vit, layers.11.mlp.fc1.weight, encoder.layer.11.intermediate.dense.weight",
    "vit, vit.layers.1.mlp.fc2, vit.encoder.layer.1.output.dense",
    "vit, layers.0.layernorm_before.weight, encoder.layer.0.layernorm_before.weight",
    "vit, embeddings.cls_token, embeddings.cls_token",
    "dinov2, layers.0.mlp.fc1.weight, encoder.layer.0.mlp.fc1.weight",
    "dinov2, layers.2.attention.v_proj, encoder.layer.2.attention.attention.value",
    "llama, model.layers.0.self_attn.q_proj, model.layers.0.self_attn.q_proj"
  })
  void modulesHaveOneNameInTheFile(String type, String module, String file) {
    ModuleNames names = ModuleNames.of(type);
    assertEquals(file, names.toFile(module));
    assertEquals(file, names.toFile(file));
    assertEquals(module, names.toModule(file));
  }

  private HubConfig config(String json) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, json);
    return HubConfig.readFile(file);
  }

  @Test
  void squaresProbabilitiesAndSectionsAreChecked() throws IOException {
    HubConfig c =
        config(
            "{\"a\":[8,8],\"b\":[8,9],\"c\":[8.5,8.5],\"p\":1,"
                + "\"s\":{\"x\":1,\"y\":2},\"t\":{\"x\":3}}");
    assertEquals(8, c.side("a", 1));
    assertEquals(5, c.side("absent", 5));
    assertThrows(PrecordiaException.class, () -> c.side("b", 1));
    assertThrows(PrecordiaException.class, () -> c.side("c", 1));
    assertThrows(PrecordiaException.class, () -> c.probability("p", 0));
    assertEquals(3, c.sectionUnder("s", "t").size("x", 0));
    assertEquals(0, c.sectionUnder("s", "t").size("y", 0));
    assertEquals(2, c.sectionUnder("s", "absent").size("y", 0));
    assertEquals(List.of(1.0), c.numbers("p", List.of()));
    assertEquals(1, c.sectionUnder("s", "absent").size("x", 0));
    assertEquals(3, c.sectionUnder("absent", "t").size("x", 0));
  }

  private HubImageSettings processor(String json) throws IOException {
    Files.writeString(folder.resolve("preprocessor_config.json"), json);
    return ImageProcessorFile.read(folder);
  }

  @Test
  void imageProcessorsTakeTheDefaultsOfTheirClass() throws IOException {
    HubImageSettings vit =
        processor("{\"feature_extractor_type\":\"ViTFeatureExtractor\",\"size\":96}");
    assertEquals(new ResizeTarget.Exact(96, 96), vit.target());
    assertEquals(Resample.BILINEAR, vit.filter());
    assertEquals(List.of(0.5, 0.5, 0.5), vit.mean());
    HubImageSettings clip =
        processor(
            "{\"image_processor_type\":\"CLIPImageProcessorFast\",\"size\":96,\"crop_size\":64}");
    assertEquals(new ResizeTarget.ShortestEdge(96), clip.target());
    assertEquals(new ResizeTarget.Exact(64, 64), clip.crop());
    assertEquals(Resample.BICUBIC, clip.filter());
    assertEquals(0.48145466, clip.mean().getFirst());
  }

  @Test
  void sizesOfOneNumberAndColoursFollowTheClass() throws IOException {
    HubImageSettings siglip =
        processor("{\"image_processor_type\":\"SiglipImageProcessor\",\"size\":96}");
    assertEquals(new ResizeTarget.ShortestEdge(96), siglip.target());
    assertTrue(siglip.convertRgb());
    HubImageSettings plain =
        processor(
            "{\"image_processor_type\":\"SiglipImageProcessor\",\"do_convert_rgb\":null,"
                + "\"image_mean\":0.25,\"image_std\":0.5}");
    assertEquals(new ResizeTarget.Exact(224, 224), plain.target());
    assertTrue(plain.convertRgb());
    Picture white = new Picture(1, 1, 3, new byte[] {-1, -1, -1});
    HubImageSettings asItIs =
        processor(
            "{\"image_processor_type\":\"SiglipImageProcessor\",\"do_resize\":false,"
                + "\"image_mean\":0.25,\"image_std\":0.5}");
    assertArrayEquals(
        new float[] {1.5f, 1.5f, 1.5f}, new HubImageProcessor(asItIs).process(white).values());
    HubImageSettings blip = processor("{\"image_processor_type\":\"BlipImageProcessor\"}");
    assertEquals(new ResizeTarget.Exact(384, 384), blip.target());
    assertNull(blip.crop());
    assertEquals(0.40821073, blip.mean().getLast());
  }

  @Test
  void aProcessorWithoutATypeIsThatOfTheModel() throws IOException {
    config("{\"model_type\":\"dinov2\"}");
    assertEquals(
        processor("{\"image_processor_type\":\"BitImageProcessor\",\"size\":37}"),
        processor("{\"size\":37}"));
    config("{\"model_type\":\"bert\"}");
    assertThrows(PrecordiaException.class, () -> processor("{\"size\":37}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"image_processor_type\":\"ViTImageProcessor\",\"image_mean\":[],\"image_std\":[]}",
        "{\"image_processor_type\":\"LevitImageProcessor\"}",
        "{\"image_processor_type\":\"ViTImageProcessor\",\"size\":{\"longest_edge\":9}}",
        "{\"image_processor_type\":\"ViTImageProcessor\",\"size\":{\"height\":9}}",
        "{\"image_processor_type\":\"ViTImageProcessor\",\"resample\":6}",
        "{\"image_processor_type\":\"ViTImageProcessor\",\"image_std\":[0,1,1]}",
        "{\"image_processor_type\":\"ViTImageProcessor\",\"image_mean\":[0]}"
      })
  void imageProcessorsThatCannotBeHonouredAreRefused(String json) {
    assertThrows(PrecordiaException.class, () -> processor(json));
  }
}
