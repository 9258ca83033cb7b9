package io.precordia.train.average;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.model.more.TinyMore;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.train.export.ModelExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AverageJobTest {
  private static final MoreConfig CONFIG = TinyMore.config();
  @TempDir Path dir;

  private ParameterSet model(String name, long seed, MoreConfig config, String tokenizer)
      throws IOException {
    ParameterSet weights = ParameterSet.initial(new MoreModel(config).parameters(), seed);
    Path file = Files.createDirectories(dir.resolve(name)).resolve(ModelExport.TOKENIZER);
    Files.writeString(file, tokenizer);
    ModelExport.write(dir.resolve(name), "m", "1", config, weights, file);
    return MoreFolder.readWeights(dir.resolve(name), config);
  }

  private static MoreConfig wider() {
    return CONFIG.withStem(4);
  }

  private Path recipe(String models) throws IOException {
    return Files.writeString(
        dir.resolve("average.yaml"),
        "kind: average\nname: m\nversion: \"2\"\nmodels: " + models + "\noutput: out\n");
  }

  @Test
  void everyModelCountsAlike() throws IOException {
    ParameterSet a = model("a", 1, CONFIG, "{}");
    ParameterSet b = model("b", 2, CONFIG, "{}");
    ParameterSet c = model("c", 3, CONFIG, "{}");
    Path best = new AverageJob(recipe("[a, b, c]")).run();
    assertEquals(dir.resolve("out").resolve("best").toAbsolutePath(), best.toAbsolutePath());
    MoreFolder.Manifest manifest = MoreFolder.readConfig(best);
    assertEquals("2", manifest.version());
    ParameterSet mean = MoreFolder.readWeights(best, manifest.config());
    for (ParameterSpec spec : mean.specs()) {
      String name = spec.name();
      float[] got = mean.values(name);
      for (int i = 0; i < got.length; i += 7) {
        double sum = (double) a.values(name)[i] + b.values(name)[i] + c.values(name)[i];
        // kept as F16: 11 bits
        assertEquals(sum / 3, got[i], Math.abs(sum) / 3 / 1024 + 1e-6, name);
      }
    }
  }

  @Test
  void modelsThatDifferAreNotMixed() throws IOException {
    ParameterSet unused = model("a", 1, CONFIG, "{}");
    unused = model("words", 1, CONFIG, "{\"other\": 1}");
    unused = model("shape", 1, wider(), "{}");
    for (String other : new String[] {"words", "shape"}) {
      AverageJob job = new AverageJob(recipe("[a, " + other + "]"));
      assertEquals(ErrorCode.BAD_WEIGHTS, assertThrows(PrecordiaException.class, job::run).code());
    }
  }

  @Test
  void oneModelIsNoAverage() throws IOException {
    Path file = recipe("[a]");
    PrecordiaException e = assertThrows(PrecordiaException.class, () -> new AverageJob(file));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
  }
}
