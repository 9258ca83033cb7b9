package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.serve.BranchFolders;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.SiteAdapters;
import io.precordia.serve.WarmUp;
import io.precordia.serve.adapters.AdapterMix;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.serve.adapters.AdapterUse;
import io.precordia.study.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters where modalities have models of their own: each belongs to the model that it fits. */
class BranchAdaptersTest {
  private static final Path MORE = Path.of("models", "precordia-more");
  private static final List<String> TEXTS = List.of("left effusion", "left effusion");
  @TempDir Path dir;

  private static Map<String, byte[]> content(Path folder) throws IOException {
    return Map.of(
        "adapter_config.json", Files.readAllBytes(folder.resolve("adapter_config.json")),
        "adapter_model.safetensors",
            Files.readAllBytes(folder.resolve("adapter_model.safetensors")));
  }

  @Test
  void anAdapterChangesTheModelThatItFitsAndNoOther() throws IOException {
    Path pair = HubPairService.model(dir.resolve("pair"));
    Path words =
        HubPairService.adapter(
            dir.resolve("words"), "lora", 2, 1, "text_model.", List.of("q_proj", "fc1"));
    Path site = SiteAdapters.write(dir.resolve("site"), 4, 1, List.of("query"));
    try (AdaptableEncoder branches =
            (AdaptableEncoder) new BranchFolders(MORE, Map.of(Modality.REPORT, pair)).open();
        AdaptableEncoder alone = (AdaptableEncoder) ModelFolder.open(pair)) {
      AdapterRegistry registry = new AdapterRegistry(dir.resolve("adapters"), branches);
      String sha256 = registry.put("words", content(words)).sha256();
      registry.put("site", content(site));
      float[][] mixed = branches.embed(Modality.REPORT, TEXTS, Arrays.asList(sha256, null));
      alone.register("same", words);
      float[][] expected = alone.embed(Modality.REPORT, TEXTS, Arrays.asList("same", null));
      for (int row = 0; row < 2; row++) {
        float[] own = mixed[row];
        assertArrayEquals(
            expected[row],
            Arrays.copyOfRange(own, own.length - alone.dimension(), own.length),
            1e-6f);
      }
      assertTrue(distance(mixed[0], mixed[1]) > 1e-2);
      // the films' model is another one and does not see it
      assertArrayEquals(
          branches.embedXrays(List.of(WarmUp.xray()))[0],
          branches.embed(Modality.XRAY, List.of(WarmUp.xray()), List.of(sha256))[0]);
      try (AdapterUse half = registry.use(AdapterMix.parse("words*0.5"))) {
        assertTrue(
            distance(
                    mixed[0],
                    branches.embed(Modality.REPORT, TEXTS, List.of(half.id(), half.id()))[0])
                > 1e-3);
      }
      assertEquals(
          ErrorCode.INVALID_ARGUMENT,
          assertThrows(PrecordiaException.class, () -> registry.use(AdapterMix.parse("words+site")))
              .code());
      // after a restart they belong where they belonged
      AdapterRegistry again = new AdapterRegistry(dir.resolve("adapters"), branches);
      assertEquals(2, again.all().size());
      registry.delete("words");
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(
                  PrecordiaException.class,
                  () -> branches.embed(Modality.REPORT, TEXTS, Arrays.asList(sha256, null)))
              .code());
    }
  }

  @Test
  void anyOfTheModelsMayBeNamed() {
    Set<String> branches = Set.of("rad-dino", "clinical-bert");
    String own = "rad-dino+clinical-bert";
    assertEquals(new ModelAddress(own, "a"), ModelAddress.parse("clinical-bert@a", own, branches));
    assertEquals(new ModelAddress(own, "a"), ModelAddress.parse("dino@a", own, branches));
    assertThrows(PrecordiaException.class, () -> ModelAddress.parse("other@a", own, branches));
  }

  private static double distance(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.pow(x[i] - y[i], 2);
    }
    return Math.sqrt(sum);
  }
}
