package io.precordia.model;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.VisionModel;
import io.precordia.model.vision.Dinov2;
import io.precordia.model.vision.Vit;
import java.nio.file.Path;

/** Opens model folders of the hub by their {@code model_type}. */
public final class HubModels {
  private HubModels() {}

  /**
   * An image encoder.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<VisionModel> vision(Path folder) {
    HubConfig config = HubConfig.read(folder);
    return switch (config.modelType()) {
      case "vit" -> Vit.open(folder, config);
      case "dinov2", "dinov2_with_registers" -> Dinov2.open(folder, config);
      default -> throw config.wrong("model_type", "no image encoder of that type is known here");
    };
  }
}
