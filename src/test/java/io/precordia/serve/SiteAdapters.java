package io.precordia.serve;

import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** PEFT folders for the report transformer of the shipped model, with random factors. */
public final class SiteAdapters {
  private static final Path MODEL = Path.of("models", "precordia-more");

  private SiteAdapters() {}

  /** What can be wrong with a folder. */
  enum Fault {
    RANK_ZERO,
    RANK_ABOVE_WIDTH,
    NOT_A_NUMBER,
    OTHER_BASE,
    PICKLE,
    TRUNCATED,
    LINKS_IN_A_CIRCLE
  }

  private static List<ParameterSpec> base() {
    return new MoreModel(MoreFolder.readConfig(MODEL).config()).parameters();
  }

  /** Writes a LoRA folder whose effect is plain to see. */
  public static Path write(Path folder, int rank, long seed, List<String> targets) {
    Lora lora =
        new Lora(
            new LoraConfig(rank, 2 * rank, 0, "report.", targets, LoraConfig.BiasMode.NONE),
            base());
    Random random = new Random(seed);
    ParameterSet values = new ParameterSet();
    for (ParameterSpec spec : lora.parameters()) {
      float[] v = new float[spec.count()];
      for (int i = 0; i < v.length; i++) {
        v[i] = (float) (0.1 * random.nextGaussian());
      }
      values.put(spec, v);
    }
    PeftFolder.write(folder, PeftAdapter.of(lora, values), name -> name);
    return folder;
  }

  /** Embeddings of the model with the adapter folded into its weights. */
  static float[][] merged(Path model, Path adapter, List<String> texts) {
    try {
      Path folder = Files.createTempDirectory("merged");
      MoreFolder.Manifest manifest = MoreFolder.readConfig(model);
      ParameterSet weights = MoreFolder.readWeights(model, manifest.config());
      PeftAdapter peft =
          PeftFolder.read(adapter, new MoreModel(manifest.config()).parameters(), name -> name);
      try (Stream<Path> files = Files.list(model)) {
        for (Path file : files.toList()) {
          if (!file.endsWith("SHA256SUMS")) {
            Files.copy(
                file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
      io.precordia.nn.ParameterFile.save(
          peft.adaptation().merge(peft.on(weights)),
          folder.resolve(MoreFolder.WEIGHTS),
          io.precordia.weights.ElementType.F32,
          java.util.Map.of());
      try (var encoder = ModelFolder.open(folder)) {
        return encoder.embedTexts(texts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder with one fault. */
  static Path broken(Path folder, Fault fault) {
    write(folder, 4, 5, List.of("query"));
    Path config = folder.resolve("adapter_config.json");
    Path weights = folder.resolve("adapter_model.safetensors");
    try {
      String json = Files.readString(config);
      switch (fault) {
        case RANK_ZERO ->
            Files.writeString(config, json.replaceFirst("\"r\"\\s*:\\s*4", "\"r\":0"));
        case RANK_ABOVE_WIDTH ->
            Files.writeString(config, json.replaceFirst("\"r\"\\s*:\\s*4", "\"r\":4000"));
        case NOT_A_NUMBER -> {
          byte[] bytes = Files.readAllBytes(weights);
          Arrays.fill(bytes, bytes.length - 4, bytes.length, (byte) 0xFF);
          Files.write(weights, bytes);
        }
        case OTHER_BASE -> {
          byte[] bytes = Files.readAllBytes(weights);
          String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
          Files.write(
              weights,
              text.replace("base_model.model.report", "base_model.model.nobody")
                  .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        case PICKLE -> Files.move(weights, folder.resolve("adapter_model.bin"));
        case TRUNCATED -> {
          byte[] bytes = Files.readAllBytes(weights);
          Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
        }
        case LINKS_IN_A_CIRCLE -> {
          Files.delete(weights);
          Files.createSymbolicLink(folder.resolve("other"), weights);
          Files.createSymbolicLink(weights, folder.resolve("other"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
