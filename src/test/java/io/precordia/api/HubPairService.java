package io.precordia.api;

import io.precordia.TestFolders;
import io.precordia.adapter.Adaptation;
import io.precordia.adapter.AdaptationMethods;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.model.TinyModels;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.pair.Siglip;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.train.text.TokenizerFile;
import io.precordia.train.text.WordPieceTrainer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A service on a hub folder with two small towers and random weights, with default adapters. */
public final class HubPairService implements QuarkusTestResourceLifecycleManager {
  private static final String TOWER =
      "\"hidden_size\":32,\"intermediate_size\":48,\"num_attention_heads\":4,\"num_hidden_layers\":2,";
  private static final String CONFIG =
      "{\"model_type\":\"siglip\",\"text_config\":{"
          + TOWER
          + "\"max_position_embeddings\":16,\"pad_token_id\":1,\"projection_size\":32,\"vocab_size\":64},"
          + "\"vision_config\":{"
          + TOWER
          + "\"image_size\":32,\"patch_size\":16,\"num_channels\":3}}";
  private static final String PROCESSOR =
      "{\"image_processor_type\":\"SiglipImageProcessor\",\"do_resize\":true,\"size\":{\"height\":32,\"width\":32},"
          + "\"resample\":3,\"do_center_crop\":false,\"do_rescale\":true,\"do_normalize\":true,\"do_convert_rgb\":true}";

  private Path data = Path.of("unset");

  @Override
  public Map<String, String> start() {
    try {
      data = Files.createTempDirectory("precordia-hub");
      model(data.resolve("pair"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "precordia.data", data.resolve("store").toString(),
        "precordia.model", data.resolve("pair").toString(),
        "precordia.adapters.defaults[0].site", "North Wing",
        "precordia.adapters.defaults[0].modality", "xray",
        "precordia.adapters.defaults[0].adapter", "north",
        "precordia.adapters.defaults[1].site", "North Wing",
        "precordia.adapters.defaults[1].adapter", "north-words",
        "precordia.adapters.defaults[2].site", "South Wing",
        "precordia.adapters.defaults[2].adapter", "nobody");
  }

  /** The whole model folder. */
  static Path model(Path folder) throws IOException {
    described(folder);
    TinyModels.write(folder, CONFIG, weights(folder));
    Files.writeString(folder.resolve("preprocessor_config.json"), PROCESSOR);
    return folder;
  }

  /** The weights that the service runs. */
  static ParameterSet weights(Path folder) throws IOException {
    return TinyModels.weights(specs(described(folder)), 3);
  }

  /** A folder with the configuration and the tokenizer of the service's model. */
  static Path described(Path folder) throws IOException {
    Path model = Files.createDirectories(folder);
    Files.writeString(model.resolve("config.json"), CONFIG);
    tokenizer(model);
    return model;
  }

  private static void tokenizer(Path model) {
    List<String> pieces = new ArrayList<>(WordPieceTrainer.SPECIAL);
    pieces.addAll(List.of("left", "right", "effusion", "oedema", "normal", "chest", "."));
    TokenizerFile.write(model.resolve("tokenizer.json"), pieces);
  }

  private static List<ParameterSpec> specs(Path model) {
    return Siglip.of(HubConfig.read(model)).parameters();
  }

  /**
   * A PEFT folder over the pair.
   *
   * @param within tower with its dot, for example {@code vision_model.}
   */
  static Path adapter(
      Path folder, String method, int rank, long seed, String within, List<String> targets)
      throws IOException {
    Path model = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-base"));
    Files.writeString(model.resolve("config.json"), CONFIG);
    Adaptation adaptation =
        AdaptationMethods.create(
            method,
            new LoraConfig(rank, 2 * rank, 0, within, targets, LoraConfig.BiasMode.NONE),
            specs(model));
    Random random = new Random(seed);
    ParameterSet values = new ParameterSet();
    for (ParameterSpec spec : adaptation.parameters()) {
      float[] v = new float[spec.count()];
      for (int i = 0; i < v.length; i++) {
        v[i] =
            (float)
                ((spec.role() == ParameterSpec.Role.GAIN ? 1 : 0) + 0.3 * random.nextGaussian());
      }
      values.put(spec, v);
    }
    PeftFolder.write(folder, PeftAdapter.of(adaptation, values), name -> name);
    return folder;
  }

  @Override
  public void stop() {
    try {
      TestFolders.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
