package io.precordia.cli;

import io.precordia.api.PrecordiaConfig;
import io.precordia.ecg.EcgPreprocessor;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.index.Filter;
import io.precordia.index.FilterExpression;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.Encoder;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.MorePreprocessing;
import io.precordia.serve.adapters.AdapterArchive;
import io.precordia.serve.adapters.AdapterName;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.serve.adapters.AdapterVersion;
import io.precordia.store.MasterKey;
import io.precordia.train.adapter.AdapterJob;
import io.precordia.train.adapter.AdapterOutcome;
import io.precordia.train.recipe.AdapterRecipe;
import io.precordia.workspace.SiteStudies;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a site adapter on a data directory and puts it into the directory's registry. The
 * directory is held from the first read to the registration.
 */
final class AdapterTraining {
  private final AdapterRecipe recipe;
  private final Path data;
  private final Path base;
  private final @Nullable MasterKey key;
  private final Filter filter;
  private final AdapterJob job;
  private final PrintStream progress;

  /**
   * @param adapter the PEFT folder
   * @param registered the version kept in the data directory, null if none was asked for
   */
  record Result(AdapterOutcome outcome, Path adapter, @Nullable AdapterVersion registered) {}

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION if the recipe cannot be used
   */
  AdapterTraining(Path file, Duration budget, PrintStream progress) {
    this.recipe = AdapterRecipe.read(file);
    this.progress = progress;
    Path parent = file.toAbsolutePath().getParent();
    Path from = parent == null ? Path.of("") : parent;
    this.base = from.resolve(recipe.base()).normalize();
    @Nullable String given = recipe.dataDir();
    PrecordiaConfig config =
        LocalConfig.load(given == null ? null : from.resolve(given).normalize(), base);
    this.data = config.data();
    this.key = config.masterKeyFile().map(MasterKey::openOrCreate).orElse(null);
    try {
      this.filter = FilterExpression.parse(recipe.filter());
      if (recipe.register() != null) {
        AdapterName.checked(recipe.register());
      }
    } catch (PrecordiaException e) {
      throw new PrecordiaException(ErrorCode.INVALID_CONFIGURATION, "recipe: " + e.getMessage(), e);
    }
    this.job =
        new AdapterJob(recipe, base, from.resolve(recipe.output()).normalize(), budget, progress);
  }

  /**
   * @throws PrecordiaException CONFLICT if the data directory is in use, and as {@link
   *     AdapterJob#run}
   */
  Result run() {
    MorePreprocessing constants = MorePreprocessing.read(base);
    try (SiteStudies studies =
        SiteStudies.open(
            data,
            key,
            new XrayPreprocessor(constants.xray()),
            new EcgPreprocessor(constants.ecg()))) {
      progress.println("reading the studies");
      AdapterOutcome outcome = job.run(studies.pairs(filter));
      @Nullable String name = recipe.register();
      return new Result(outcome, job.adapter(), name == null ? null : register(name));
    }
  }

  private AdapterVersion register(String name) {
    try (Encoder encoder = ModelFolder.open(base)) {
      if (!(encoder instanceof AdaptableEncoder adaptable)) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION, "the base of the recipe takes no adapters");
      }
      return new AdapterRegistry(data.resolve("adapters"), adaptable).put(name, content());
    }
  }

  private Map<String, byte[]> content() {
    try {
      return Map.of(
          AdapterArchive.CONFIG,
          Files.readAllBytes(job.adapter().resolve(AdapterArchive.CONFIG)),
          AdapterArchive.WEIGHTS,
          Files.readAllBytes(job.adapter().resolve(AdapterArchive.WEIGHTS)));
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "the trained adapter cannot be read back; check the disk", e);
    }
  }
}
