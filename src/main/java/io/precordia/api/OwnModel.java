package io.precordia.api;

import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.serve.BranchFolders;
import io.precordia.serve.ModelFolder;
import io.precordia.study.Modality;
import io.precordia.train.eval.Calibration;
import io.precordia.workspace.ModelChoice;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model that a service starts with: the one that took over while it ran before, unless the
 * configuration has been changed since; otherwise the configured one.
 *
 * @param overrides whether a former choice is to be forgotten, because the configuration changed
 */
public record OwnModel(Encoder encoder, Calibration calibration, boolean overrides) {
  private static final System.Logger LOG = System.getLogger(OwnModel.class.getName());

  /**
   * @throws PrecordiaException BAD_WEIGHTS if the configured folder cannot be opened; a chosen one
   *     that is gone or not the same any more is only logged
   */
  static OwnModel open(PrecordiaConfig config) {
    Optional<ModelChoice> choice = ModelChoice.read(config.data());
    if (choice.isEmpty()) {
      return configured(config, false);
    }
    if (!choice.get().configured().equals(folders(config).description())) {
      LOG.log(
          System.Logger.Level.INFO,
          "precordia.model has been changed since the model {0} was loaded; the configuration wins",
          choice.get().name());
      return configured(config, true);
    }
    OwnModel chosen = chosen(choice.get());
    return chosen == null ? configured(config, false) : chosen;
  }

  private static @Nullable OwnModel chosen(ModelChoice choice) {
    String reason = "its folder is not the same any more";
    try {
      Path folder = Path.of(choice.folder());
      Encoder encoder = ModelFolder.open(folder);
      if (encoder.ref().sha256().equals(choice.sha256())) {
        LOG.log(
            System.Logger.Level.INFO,
            "the model {0}, which was loaded while the service ran, answers",
            choice.name());
        return new OwnModel(encoder, Calibration.read(folder), false);
      }
      encoder.close();
    } catch (PrecordiaException e) {
      reason = String.valueOf(e.getMessage());
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "the model {0}, which was loaded while the service ran, cannot be used ({1}); precordia.model answers",
        choice.name(),
        reason);
    return null;
  }

  private static OwnModel configured(PrecordiaConfig config, boolean overrides) {
    Encoder encoder = folders(config).open();
    try {
      // A calibration is over texts, so it is that of their model; what it compares shares its
      // space.
      return new OwnModel(
          encoder, Calibration.read(config.modelReport().orElse(config.model())), overrides);
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  /** The configured folders, without regard to any choice. */
  public static OwnModel configuredBy(PrecordiaConfig config) {
    return configured(config, false);
  }

  static BranchFolders folders(PrecordiaConfig config) {
    Map<Modality, Path> own = new EnumMap<>(Modality.class);
    config.modelXray().ifPresent(folder -> own.put(Modality.XRAY, folder));
    config.modelEcg().ifPresent(folder -> own.put(Modality.ECG, folder));
    config.modelReport().ifPresent(folder -> own.put(Modality.REPORT, folder));
    return new BranchFolders(config.model(), own);
  }
}
