package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.api.Samples;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.TinyModels;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmConfig;
import io.precordia.model.pair.Clip;
import io.precordia.model.pair.Siglip;
import io.precordia.model.vision.Dinov2;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import io.precordia.serve.generate.TinyLanguageModels;
import io.precordia.study.Modality;
import io.precordia.train.text.TokenizerFile;
import io.precordia.train.text.WordPieceTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of docs/models.md over folders whose configuration is that of published models in
 * everything but width, depth and vocabulary, with random weights: image and patch sizes, context
 * lengths, activations, keys and image processors are theirs.
 */
class PublishedShapesTest {
  private static final List<String> WORDS =
      List.of("left", "right", "effusion", "oedema", "normal", "chest", ".");
  private static final String NARROW =
      "\"hidden_size\":48,\"intermediate_size\":96,\"num_attention_heads\":4,\"num_hidden_layers\":2";
  @TempDir private Path dir = Path.of("unset");
  private Path files = Path.of("unset");

  private JsonNode run(String... args) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    int status =
        new CommandRunner(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(all.toArray(String[]::new));
    assertEquals(0, status, err.toString(StandardCharsets.UTF_8));
    return Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
  }

  private JsonNode onData(Path model, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--data", dir.resolve("store").toString(), "--model", model.toString()));
    return run(all.toArray(String[]::new));
  }

  @BeforeEach
  void write() throws IOException {
    files = Files.createDirectories(dir.resolve("files"));
    Files.write(files.resolve("film.png"), Samples.png(1));
    Files.write(files.resolve("other.png"), Samples.png(2));
    Files.write(files.resolve("effusion.txt"), Samples.report("pleural effusion", 1));
  }

  private Path folder(String name, String config, String processor) throws IOException {
    Path folder = Files.createDirectories(dir.resolve(name));
    Files.writeString(folder.resolve("config.json"), config);
    Files.writeString(folder.resolve("preprocessor_config.json"), processor);
    List<String> pieces = new ArrayList<>(WordPieceTrainer.SPECIAL);
    pieces.addAll(WORDS);
    TokenizerFile.write(folder.resolve("tokenizer.json"), pieces);
    return folder;
  }

  private static void fill(Path folder, List<ParameterSpec> declared) throws IOException {
    TinyModels.write(
        folder, Files.readString(folder.resolve("config.json")), TinyModels.weights(declared, 3));
  }

  /** A LoRA adapter of the named linears; the item under it must differ, the one beside it not. */
  private void adapt(
      Path folder, List<ParameterSpec> declared, Modality modality, Object item, String... targets)
      throws IOException {
    Lora lora =
        new Lora(new LoraConfig(4, 8, 0, "", List.of(targets), LoraConfig.BiasMode.NONE), declared);
    ParameterSet values = TinyModels.weights(lora.parameters(), 9);
    Path adapter = dir.resolve("adapter");
    PeftFolder.write(adapter, PeftAdapter.of(lora, values), n -> n);
    try (AdaptableEncoder encoder = (AdaptableEncoder) ModelFolder.open(folder)) {
      assertEquals(4, encoder.inspect(adapter).rank());
      encoder.register("site", adapter);
      List<String> rows = new ArrayList<>();
      rows.add("site");
      rows.add(null);
      float[][] mixed = encoder.embed(modality, List.of(item, item), rows);
      double product = 0;
      for (int i = 0; i < mixed[0].length; i++) {
        product += (double) mixed[0][i] * mixed[1][i];
      }
      assertTrue(product < 0.9999, "the adapter changes its row: " + product);
    }
  }

  @Test
  void aRadDinoShapedFolderIsSearchedByExample() throws IOException {
    Path folder =
        folder(
            "rad-dino",
            "{\"model_type\":\"dinov2\",\"architectures\":[\"Dinov2Model\"],\"apply_layernorm\":true,"
                + "\"attention_probs_dropout_prob\":0.0,\"drop_path_rate\":0.0,\"hidden_act\":\"gelu\","
                + "\"hidden_dropout_prob\":0.0,\"hidden_size\":48,\"image_size\":518,\"initializer_range\":0.02,"
                + "\"layer_norm_eps\":1e-06,\"layerscale_value\":1.0,\"mlp_ratio\":4,\"num_attention_heads\":12,"
                + "\"num_channels\":3,\"num_hidden_layers\":2,\"out_features\":[\"stage2\"],\"out_indices\":[2],"
                + "\"patch_size\":14,\"qkv_bias\":true,\"reshape_hidden_states\":false,"
                + "\"torch_dtype\":\"float32\",\"use_swiglu_ffn\":false}",
            "{\"crop_size\":{\"height\":518,\"width\":518},\"do_center_crop\":true,\"do_convert_rgb\":true,"
                + "\"do_normalize\":true,\"do_rescale\":true,\"do_resize\":true,"
                + "\"image_mean\":[0.5307,0.5307,0.5307],\"image_processor_type\":\"BitImageProcessor\","
                + "\"image_std\":[0.2583,0.2583,0.2583],\"resample\":3,\"rescale_factor\":0.00392156862745098,"
                + "\"size\":{\"shortest_edge\":518}}");
    List<ParameterSpec> declared = Dinov2.of(HubConfig.read(folder)).parameters();
    fill(folder, declared);
    assertFalse(run("models", "describe", folder.toString()).isEmpty());
    JsonNode imported = onData(folder, "import", files.toString());
    assertEquals(2, imported.path("stored").asInt(), "the two films");
    JsonNode hits =
        onData(folder, "search", "--file", files.resolve("film.png").toString(), "--k", "2");
    assertEquals(1.0, hits.at("/hits/0/score").asDouble(), 1e-4);
    adapt(folder, declared, Modality.XRAY, WarmUp.xray(), "query", "value");
  }

  @Test
  void aMedSiglipShapedFolderSearchesAndClassifies() throws IOException {
    Path folder =
        folder(
            "medsiglip",
            "{\"model_type\":\"siglip\",\"architectures\":[\"SiglipModel\"],\"initializer_factor\":1.0,\"text_config\":{"
                + "\"model_type\":\"siglip_text_model\",\"attention_dropout\":0.0,\"hidden_act\":\"gelu_pytorch_tanh\","
                + "\"layer_norm_eps\":1e-06,\"max_position_embeddings\":64,\"projection_size\":48,\"vocab_size\":64,"
                + NARROW
                + "},\"vision_config\":{\"model_type\":\"siglip_vision_model\",\"attention_dropout\":0.0,"
                + "\"hidden_act\":\"gelu_pytorch_tanh\",\"image_size\":448,\"layer_norm_eps\":1e-06,\"num_channels\":3,\"patch_size\":14,"
                + NARROW
                + "}}",
            "{\"do_convert_rgb\":null,\"do_normalize\":true,\"do_rescale\":true,\"do_resize\":true,"
                + "\"image_mean\":[0.5,0.5,0.5],\"image_processor_type\":\"SiglipImageProcessor\",\"image_std\":[0.5,0.5,0.5],"
                + "\"processor_class\":\"SiglipProcessor\",\"resample\":2,\"rescale_factor\":0.00392156862745098,"
                + "\"size\":{\"height\":448,\"width\":448}}");
    List<ParameterSpec> declared = Siglip.of(HubConfig.read(folder)).parameters();
    fill(folder, declared);
    pair(folder, declared);
  }

  @Test
  void aBiomedClipStyleFolderSearchesAndClassifies() throws IOException {
    // BiomedCLIP: ViT-B/16 at 224 beside a text tower of 256 tokens, in the hub's CLIP classes.
    Path folder =
        folder(
            "biomedclip",
            "{\"model_type\":\"clip\",\"architectures\":[\"CLIPModel\"],\"logit_scale_init_value\":2.6592,\"projection_dim\":32,"
                + "\"text_config\":{\"model_type\":\"clip_text_model\",\"hidden_act\":\"gelu\",\"layer_norm_eps\":1e-05,"
                + "\"max_position_embeddings\":256,\"vocab_size\":64,\"projection_dim\":32,\"bos_token_id\":2,\"eos_token_id\":3,\"pad_token_id\":0,"
                + NARROW
                + "},\"vision_config\":{\"model_type\":\"clip_vision_model\",\"hidden_act\":\"gelu\",\"image_size\":224,"
                + "\"layer_norm_eps\":1e-05,\"num_channels\":3,\"patch_size\":16,\"projection_dim\":32,"
                + NARROW
                + "}}",
            "{\"crop_size\":{\"height\":224,\"width\":224},\"do_center_crop\":true,\"do_convert_rgb\":true,\"do_normalize\":true,"
                + "\"do_rescale\":true,\"do_resize\":true,\"image_mean\":[0.48145466,0.4578275,0.40821073],"
                + "\"image_processor_type\":\"CLIPImageProcessor\",\"image_std\":[0.26862954,0.26130258,0.27577711],"
                + "\"resample\":3,\"rescale_factor\":0.00392156862745098,\"size\":{\"shortest_edge\":224}}");
    List<ParameterSpec> declared = Clip.of(HubConfig.read(folder)).parameters();
    fill(folder, declared);
    pair(folder, declared);
  }

  private void pair(Path folder, List<ParameterSpec> declared) throws IOException {
    assertFalse(run("models", "describe", folder.toString()).isEmpty());
    JsonNode imported = onData(folder, "import", files.toString());
    assertEquals(3, imported.path("stored").asInt(), "films and the report");
    String film = files.resolve("film.png").toString();
    JsonNode found =
        onData(folder, "search", "--text", "left effusion", "--modality", "xray", "--k", "5");
    assertEquals(2, found.path("hits").size());
    JsonNode labels = onData(folder, "classify", film, "--labels", "effusion,oedema");
    double sum = 0;
    for (JsonNode label : labels.path("labels")) {
      sum += label.path("probability").asDouble();
    }
    assertEquals(1, sum, 1e-4, labels.toString());
    assertFalse(onData(folder, "embed", film).isEmpty());
    adapt(folder, declared, Modality.REPORT, "left effusion", "q_proj", "v_proj", "fc1");
    adapt(folder, declared, Modality.XRAY, WarmUp.xray(), "q_proj", "v_proj", "fc1");
  }

  @Test
  void aLlamaShapedFolderContinuesATextAndTakesAnAdapter() throws IOException {
    String config =
        "{\"model_type\":\"llama\",\"architectures\":[\"LlamaForCausalLM\"],\"attention_bias\":false,\"attention_dropout\":0.0,"
            + "\"bos_token_id\":1,\"eos_token_id\":2,\"head_dim\":12,\"hidden_act\":\"silu\",\"hidden_size\":48,\"initializer_range\":0.02,"
            + "\"intermediate_size\":128,\"max_position_embeddings\":131072,\"mlp_bias\":false,\"num_attention_heads\":4,"
            + "\"num_hidden_layers\":2,\"num_key_value_heads\":2,\"pretraining_tp\":1,\"rms_norm_eps\":1e-05,"
            + "\"rope_scaling\":{\"factor\":8.0,\"high_freq_factor\":4.0,\"low_freq_factor\":1.0,"
            + "\"original_max_position_embeddings\":8192,\"rope_type\":\"llama3\"},\"rope_theta\":500000.0,"
            + "\"tie_word_embeddings\":false,\"torch_dtype\":\"bfloat16\",\"use_cache\":true,\"vocab_size\":64}";
    Path folder = Files.createDirectories(dir.resolve("llama"));
    Files.writeString(folder.resolve("config.json"), config);
    fill(folder, new CausalLm(CausalLmConfig.read(folder)).parameters());
    TinyLanguageModels.tokenizer(folder, 64);
    JsonNode answer =
        run("generate", "--model", folder.toString(), "--prompt", "w5 w6", "--max-tokens", "4");
    assertEquals(2, answer.path("prompt_tokens").asInt());
    assertTrue(answer.path("new_tokens").asInt() > 0);
  }
}
