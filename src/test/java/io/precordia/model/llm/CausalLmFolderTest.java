package io.precordia.model.llm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.TinyModels;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterFile;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hub folders of language models: every key honoured or refused by name. */
class CausalLmFolderTest {
  private static final String LLAMA =
      """
      {"model_type": "llama", "hidden_size": 96, "intermediate_size": 20, "vocab_size": 11,
       "num_attention_heads": 6, "num_key_value_heads": 2, "num_hidden_layers": 1,
       "max_position_embeddings": 32 %s}
      """;
  private static final String QWEN =
      """
      {"model_type": "qwen3", "hidden_size": 16, "intermediate_size": 20, "vocab_size": 11,
       "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 1, "head_dim": 6 %s}
      """;

  @TempDir Path folder;

  private CausalLmConfig config(String template, String more) throws IOException {
    Files.writeString(folder.resolve("config.json"), template.formatted(more));
    return CausalLmConfig.read(folder);
  }

  private ParameterSet saved(String more) throws IOException {
    CausalLm model = new CausalLm(config(LLAMA, more));
    return TinyModels.weights(model.parameters(), 5);
  }

  private CausalLmFolder opened(String more, ParameterSet weights) {
    return CausalLm.open(TinyModels.write(folder, LLAMA.formatted(more), weights));
  }

  private static ParameterSpec array(String name, long... shape) {
    return new ParameterSpec(name, shape, ParameterSpec.Role.WEIGHT, Initializer.ZEROS);
  }

  private static void assertFrequencies(CausalLmConfig config, double... first) {
    float[] found = config.positions().frequencies();
    assertEquals(config.decoder().headDim() / 2, found.length);
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i], found[i], 1e-6 * first[i]);
    }
  }

  @Test
  void rotationsOfOldAndNewFiles() throws IOException {
    double root = Math.sqrt(0.1);
    assertFrequencies(config(LLAMA, ""), 1, root, 0.1);
    assertFrequencies(config(LLAMA, ", \"rope_theta\": 100000000.0"), 1, 0.1, 0.01);
    assertFrequencies(
        config(LLAMA, ", \"rope_parameters\": {\"rope_theta\": 1e8, \"rope_type\": \"default\"}"),
        1,
        0.1,
        0.01);
    assertFrequencies(
        config(LLAMA, ", \"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}"),
        0.25,
        root / 4,
        0.025);
    // Waves of 2π, 19.87 and 62.8 positions against limits of 32/4 and 32/1: kept, interpolated by
    // (32/19.87 − 1)/3 = 0.2035, stretched.
    double smooth = (32 * root / (2 * Math.PI) - 1) / 3;
    assertEquals(0.2035, smooth, 1e-4);
    double middle = (1 - smooth) * root / 8 + smooth * root;
    String llama3 =
        ": {\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0,"
            + " \"high_freq_factor\": 4.0 %s}";
    String original = ", \"original_max_position_embeddings\": 32";
    assertFrequencies(
        config(LLAMA, ", \"rope_scaling\"" + llama3.formatted(original)), 1, middle, 0.0125);
    assertFrequencies(
        config(LLAMA, ", \"rope_parameters\"" + llama3.formatted("")), 1, middle, 0.0125);
    String far = ", \"original_max_position_embeddings\": 1048576";
    assertFrequencies(config(LLAMA, ", \"rope_parameters\"" + llama3.formatted(far)), 1, root, 0.1);
  }

  @Test
  void yarnKeepsFastFrequenciesAndDividesSlowOnes() throws IOException {
    double root = Math.sqrt(0.1);
    // Within 32 positions component 16·ln(32/2π)/(2·ln 10⁴) = 1.41 turns once, and none 32 times:
    // component 0 is kept, 1 lies half way to 2, and from 2 on all are divided.
    String yarn = ", \"rope_scaling\": {\"rope_type\": \"yarn\" %s}";
    assertFrequencies(config(LLAMA, yarn.formatted(", \"factor\": 4.0")), 1, root * 0.625, 0.1 / 4);
    String beside = ", \"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 9}";
    assertFrequencies(
        config(LLAMA, beside + yarn.formatted(", \"factor\": 4.0")), 1, root * 0.625, 0.1 / 4);
    // Without a factor it is the ratio of the lengths; 16 positions turn component 0.81 once.
    String shorter = ", \"original_max_position_embeddings\": 16";
    assertFrequencies(config(LLAMA, yarn.formatted(shorter)), 1, root / 2, 0.05);
    String exact = ", \"factor\": 4, \"truncate\": false";
    double once = 16 * Math.log(32 / (2 * Math.PI)) / (2 * Math.log(10000));
    double kept = 1 - 1 / once;
    assertFrequencies(
        config(LLAMA, yarn.formatted(exact)), 1, root * (kept + (1 - kept) / 4), 0.1 / 4);
  }

  @Test
  void emptySectionsAndNullsAreAbsent() throws IOException {
    assertFrequencies(config(LLAMA, ", \"rope_scaling\": null, \"rope_theta\": 1e8"), 1, 0.1);
    assertFrequencies(
        config(LLAMA, ", \"rope_scaling\": {}, \"rope_parameters\": {\"rope_theta\": 1e8}"),
        1,
        0.1);
    String heads = QWEN.replace("\"num_key_value_heads\": 2", "\"num_key_value_heads\": null");
    assertEquals(4, config(heads, "").decoder().kvHeads());
  }

  @Test
  void theBodyAloneNamesItsArraysWithoutPrefix() throws IOException {
    String tied = ", \"tie_word_embeddings\": true";
    ParameterSet whole = saved(tied);
    ParameterSet body = new ParameterSet();
    for (ParameterSpec spec : whole.specs()) {
      body.put(
          array(spec.name().substring("model.".length()), spec.shape()), whole.values(spec.name()));
    }
    ParameterSet read = opened(tied, body).weights();
    for (ParameterSpec spec : whole.specs()) {
      assertArrayEquals(whole.values(spec.name()), read.values(spec.name()));
    }
  }

  @Test
  void defaultsAreThoseOfTheReference() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llama\"}");
    CausalLmConfig llama = CausalLmConfig.read(folder);
    assertEquals(32000, llama.vocabulary());
    assertEquals(128, llama.decoder().headDim());
    assertEquals(32, llama.decoder().kvHeads());
    assertFalse(llama.tied());
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"qwen3\"}");
    CausalLmConfig qwen = CausalLmConfig.read(folder);
    assertEquals(151936, qwen.vocabulary());
    assertEquals(128, qwen.decoder().headDim());
    assertTrue(qwen.decoder().qkNorm());
    assertTrue(config(LLAMA, ", \"attention_bias\": true").decoder().attentionBias());
    assertTrue(config(LLAMA, ", \"mlp_bias\": true").decoder().mlpBias());
    assertEquals(24, config(LLAMA, ", \"head_dim\": 24").decoder().headDim());
    assertEquals(6, config(QWEN, ", \"sliding_window\": 7").decoder().headDim());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rope_type; , \"rope_parameters\": {\"rope_type\": \"longrope\", \"factor\": 2}",
        "type; , \"rope_scaling\": {\"type\": \"mrope\"}",
        "factor; , \"rope_scaling\": {\"type\": \"dynamic\"}",
        "attention_factor; , \"rope_scaling\": {\"type\": \"yarn\", \"attention_factor\": 0}",
        "factor; , \"rope_scaling\": {\"type\": \"linear\"}",
        "high_freq_factor; , \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8,"
            + " \"low_freq_factor\": 4, \"high_freq_factor\": 4}",
        "full_attention; , \"rope_parameters\": {\"full_attention\": {\"rope_type\": \"default\"}}",
        "rope_theta; , \"rope_theta\": -1",
        "partial_rotary_factor; , \"partial_rotary_factor\": 0.5",
        "head_dim; , \"head_dim\": 3",
        "quantization_config; , \"quantization_config\": {\"bits\": 4}",
        "hidden_act; , \"hidden_act\": \"swiglu\"",
        "attention_dropout; , \"attention_dropout\": 1.0"
      })
  void valuesThatCannotBeHonouredAreNamed(String key, String more) {
    for (String template : new String[] {LLAMA, QWEN.replace(", \"head_dim\": 6", "")}) {
      PrecordiaException e = assertThrows(PrecordiaException.class, () -> config(template, more));
      assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
      assertTrue(e.getMessage().contains(key), e.getMessage());
    }
  }

  @Test
  void slidingWindowsAndOtherArchitecturesAreNamed() throws IOException {
    for (String more :
        new String[] {
          ", \"use_sliding_window\": true, \"max_window_layers\": 0",
          ", \"layer_types\": [\"sliding_attention\"]"
        }) {
      PrecordiaException e = assertThrows(PrecordiaException.class, () -> config(QWEN, more));
      assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
      assertTrue(more.contains(e.getMessage().split("[: ]+")[1]), e.getMessage());
    }
    // The one layer lies before the windowed ones; and here there is no window.
    for (String more :
        new String[] {
          ", \"use_sliding_window\": true",
          ", \"use_sliding_window\": true, \"max_window_layers\": 0, \"sliding_window\": null",
          ", \"use_sliding_window\": true, \"layer_types\": [\"full_attention\"]"
        }) {
      assertEquals(1, config(QWEN, more).decoder().depth());
    }
    PrecordiaException e =
        assertThrows(
            PrecordiaException.class, () -> config(LLAMA.replace("\"llama\"", "\"mixtral\""), ""));
    assertTrue(e.getMessage().contains("mixtral"), e.getMessage());
    assertThrows(
        PrecordiaException.class,
        () -> config(LLAMA.replace("value_heads\": 2", "value_heads\": 4"), ""));
  }

  @Test
  void aTiedHeadMayBeInTheFileOnceOrTwiceButNotTwoWays() throws IOException {
    String tied = ", \"tie_word_embeddings\": true";
    ParameterSet weights = saved(tied);
    assertFalse(weights.contains("lm_head.weight"));
    float[] table = weights.values("model.embed_tokens.weight");
    assertArrayEquals(table, opened(tied, weights).weights().values("model.embed_tokens.weight"));
    ParameterSpec head = array("lm_head.weight", 11, 96);
    weights.put(head, table.clone());
    assertFalse(opened(tied, weights).weights().contains("lm_head.weight"));
    weights.remove("model.embed_tokens.weight");
    assertArrayEquals(table, opened(tied, weights).weights().values("model.embed_tokens.weight"));
    weights = saved(tied);
    weights.put(head, new float[11 * 96]);
    ParameterSet contradictory = weights;
    PrecordiaException e =
        assertThrows(PrecordiaException.class, () -> opened(tied, contradictory));
    assertTrue(e.getMessage().contains("lm_head.weight"), e.getMessage());
  }

  @Test
  void unknownAndMissingArraysAreNamed() throws IOException {
    ParameterSet weights = saved("");
    weights.put(array("model.layers.0.self_attn.rotary_emb.inv_freq", 8), new float[8]);
    assertTrue(opened("", weights).weights().contains("lm_head.weight"));
    weights.put(array("score.weight", 2, 96), new float[192]);
    PrecordiaException unknown = assertThrows(PrecordiaException.class, () -> opened("", weights));
    assertTrue(unknown.getMessage().contains("score.weight"), unknown.getMessage());
    weights.remove("score.weight");
    weights.remove("lm_head.weight");
    PrecordiaException missing = assertThrows(PrecordiaException.class, () -> opened("", weights));
    assertTrue(missing.getMessage().contains("lm_head.weight"), missing.getMessage());
  }

  @Test
  void shardedHalfPrecisionFilesAreRead() throws IOException {
    ParameterSet weights = saved("");
    ParameterSet first = new ParameterSet();
    ParameterSet second = new ParameterSet();
    StringBuilder map = new StringBuilder();
    for (ParameterSpec spec : weights.specs()) {
      boolean one = spec.name().contains("mlp");
      (one ? first : second).put(spec, weights.values(spec.name()));
      map.append(map.isEmpty() ? "" : ",")
          .append("\"%s\": \"%s.safetensors\"".formatted(spec.name(), one ? "a" : "b"));
    }
    ParameterFile.save(first, folder.resolve("a.safetensors"), ElementType.F16, Map.of());
    ParameterFile.save(second, folder.resolve("b.safetensors"), ElementType.F32, Map.of());
    Files.writeString(
        folder.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + map + "}}");
    ParameterSet read = CausalLm.open(folder).weights();
    for (ParameterSpec spec : weights.specs()) {
      double limit = spec.name().contains("mlp") ? 1e-3 : 0;
      assertTrue(
          TinyModels.relativeError(read.values(spec.name()), weights.values(spec.name())) <= limit);
    }
  }
}
