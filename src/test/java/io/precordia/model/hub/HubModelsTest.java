package io.precordia.model.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.HubModels;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubModelsTest {
  @TempDir private Path folder;

  private static String refused(Executable opening) {
    PrecordiaException e = assertThrows(PrecordiaException.class, opening);
    assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
    return String.valueOf(e.getMessage());
  }

  private static void assertNames(String message, String part) {
    assertTrue(message.contains(part), message + " does not name " + part);
  }

  @ParameterizedTest
  @CsvSource({"F32", "F16", "BF16"})
  void everyPrecisionGivesTheSameWeights(ElementType type) throws IOException {
    HubFolder f = HubFolder.vit(folder, "");
    HubModel<VisionModel> opened = HubModels.vision(f.write(type));
    assertEquals(f.values.size(), opened.weights().specs().size());
    f.values.forEach((name, v) -> assertArrayEquals(v, opened.weights().values(name), name));
  }

  @Test
  void shardsAreOneModel() throws IOException {
    HubFolder f = HubFolder.vit(folder, "");
    HubModel<VisionModel> opened = HubModels.vision(f.writeShards());
    f.values.forEach((name, v) -> assertArrayEquals(v, opened.weights().values(name), name));
  }

  @Test
  void wrappersHeadsAndLaterNamesAreUnderstood() throws IOException {
    HubFolder f = HubFolder.vit(folder, "");
    float[] query = f.values.get("encoder.layer.0.attention.attention.query.weight");
    for (String name : List.copyOf(f.values.keySet())) {
      f.rename(name, "vit." + ModuleNames.of("vit").toModule(name));
    }
    assertTrue(f.values.containsKey("vit.layers.0.attention.q_proj.weight"));
    f.put("classifier.weight", new long[] {2, 8}, new float[16]);
    HubModel<VisionModel> opened = HubModels.vision(f.write(ElementType.F32));
    assertArrayEquals(
        query, opened.weights().values("encoder.layer.0.attention.attention.query.weight"));
  }

  @Test
  void missingUnknownAndMisshapenArraysAreNamed() throws IOException {
    HubFolder f = HubFolder.vit(folder, "");
    f.put("encoder.layer.1.output.dense.bias", new long[] {8}, new float[8]);
    Path unknown = f.write(ElementType.F32);
    assertNames(refused(() -> HubModels.vision(unknown)), "encoder.layer.1.output.dense.bias");
    f.rename("encoder.layer.1.output.dense.bias", "layernorm.bias");
    f.rename("pooler.dense.bias", "pooler.dense.weight");
    f.put("pooler.dense.bias", new long[] {8}, new float[8]);
    Path misshapen = f.write(ElementType.F32);
    assertNames(refused(() -> HubModels.vision(misshapen)), "pooler.dense.weight[8, 8]");
    f.values.remove("embeddings.cls_token");
    f.values.remove("pooler.dense.weight");
    f.values.remove("pooler.dense.bias");
    Path missing = f.write(ElementType.F32);
    assertNames(refused(() -> HubModels.vision(missing)), "lack embeddings.cls_token");
  }

  @ParameterizedTest
  @CsvSource({
    "vit, hidden_act, '\"gelu_20\"'",
    "vit, num_attention_heads, 3",
    "vit, image_size, '[8,4]'",
    "vit, layer_norm_eps, '\"small\"'",
    "dinov2, drop_path_rate, 1.5",
    "bert, position_embedding_type, '\"relative_key\"'",
    "bert, is_decoder, true",
    "roberta, max_position_embeddings, 2",
    "clip, projection_dim, 0",
    "siglip, vision_config, '{\"vision_use_head\":false}'",
    "siglip, text_config, '{\"projection_size\":12}'",
    "siglip2, model_type, '\"siglip2\"'"
  })
  void whatCannotBeHonouredIsNamed(String type, String key, String value) throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"hidden_size\":8,\"num_attention_heads\":2,\"model_type\":\""
            + type
            + "\",\""
            + key
            + "\":"
            + value
            + "}");
    String message =
        refused(
            () -> {
              switch (type) {
                case "vit", "dinov2" -> HubModels.vision(folder);
                case "bert", "roberta" -> HubModels.text(folder);
                default -> HubModels.pair(folder);
              }
            });
    String inner = value.startsWith("{") ? value.substring(2, value.indexOf('"', 2)) : key;
    assertNames(message, inner);
  }

  private static float[] run(
      HubModel<VisionModel> opened, boolean pooled, DjlOps ops, long... shape) {
    Forward f = Forward.evaluation(ops, new FrozenParameters(ops, opened.weights()), Adapters.NONE);
    float[] pixels = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(i);
    }
    Tensor x = ops.upload(pixels, shape);
    return ops.download(pooled ? opened.model().pooled(f, x) : opened.model().states(f, x));
  }

  @Test
  void withoutPoolerTheClassTokenIsPooled() throws IOException {
    HubFolder f = HubFolder.vit(folder, ",\"qkv_bias\":false");
    f.values
        .keySet()
        .removeIf(n -> n.startsWith("pooler") || n.matches(".*attention\\.\\w+\\.bias"));
    HubModel<VisionModel> opened = HubModels.vision(f.write(ElementType.F32));
    try (DjlOps ops = DjlOps.cpu()) {
      float[] states = run(opened, false, ops, 2, 1, 8, 8);
      assertEquals(2 * 5 * 8, states.length);
      assertArrayEquals(
          Arrays.copyOf(states, 8), Arrays.copyOf(run(opened, true, ops, 2, 1, 8, 8), 8));
      PrecordiaException e =
          assertThrows(PrecordiaException.class, () -> run(opened, true, ops, 1, 1, 12, 12));
      assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
    }
  }

  @Test
  void registersFollowTheClassTokenAndHaveNoPosition() throws IOException {
    HubFolder f = HubFolder.dinov2(folder, 2);
    try (DjlOps ops = DjlOps.cpu()) {
      float[] states = run(HubModels.vision(f.write(ElementType.F32)), false, ops, 1, 3, 8, 8);
      assertEquals((1 + 2 + 4) * 8, states.length);
      float[] r = f.values.get("embeddings.register_tokens");
      float[] swapped = new float[16];
      System.arraycopy(r, 0, swapped, 8, 8);
      System.arraycopy(r, 8, swapped, 0, 8);
      f.put("embeddings.register_tokens", new long[] {1, 2, 8}, swapped);
      float[] other = run(HubModels.vision(f.write(ElementType.F32)), false, ops, 1, 3, 8, 8);
      assertArrayEquals(Arrays.copyOf(states, 8), Arrays.copyOf(other, 8), 1e-5f);
      assertArrayEquals(
          Arrays.copyOfRange(states, 8, 16), Arrays.copyOfRange(other, 16, 24), 1e-5f);
      assertArrayEquals(
          Arrays.copyOfRange(states, 24, 56), Arrays.copyOfRange(other, 24, 56), 1e-5f);
    }
  }

  @Test
  void dinov2TakesOtherSizesAndCutsWhatIsNoWholePatch() throws IOException {
    HubModel<VisionModel> opened =
        HubModels.vision(HubFolder.dinov2(folder, 0).write(ElementType.F32));
    assertTrue(opened.model().takesOtherSizes());
    try (DjlOps ops = DjlOps.cpu()) {
      assertEquals((1 + 3 * 4) * 8, run(opened, false, ops, 1, 3, 15, 17).length);
    }
  }
}
