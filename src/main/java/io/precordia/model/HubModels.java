package io.precordia.model;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.model.hub.TextModel;
import io.precordia.model.hub.VisionModel;
import io.precordia.model.pair.Clip;
import io.precordia.model.pair.Siglip;
import io.precordia.model.text.Bert;
import io.precordia.model.text.Roberta;
import io.precordia.model.vision.Dinov2;
import io.precordia.model.vision.Vit;
import java.nio.file.Path;

/**
 * Opens model folders of the hub by their {@code model_type}. A folder with two towers opens as a
 * pair, or as either tower alone.
 */
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
      case "clip", "clip_vision_model" -> Clip.openVision(folder, config);
      case "siglip", "siglip_vision_model" -> Siglip.openVision(folder, config);
      default -> throw config.wrong("model_type", "no image encoder of that type is known here");
    };
  }

  /**
   * A text encoder.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<TextModel> text(Path folder) {
    HubConfig config = HubConfig.read(folder);
    return switch (config.modelType()) {
      case "bert" -> Bert.open(folder, config);
      case "roberta", "xlm-roberta" -> Roberta.open(folder, config);
      case "clip", "clip_text_model" -> Clip.openText(folder, config);
      case "siglip", "siglip_text_model" -> Siglip.openText(folder, config);
      default -> throw config.wrong("model_type", "no text encoder of that type is known here");
    };
  }

  /**
   * An image and a text encoder into one space.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<PairModel> pair(Path folder) {
    HubConfig config = HubConfig.read(folder);
    return switch (config.modelType()) {
      case "clip" -> Clip.open(folder, config);
      case "siglip" -> Siglip.open(folder, config);
      default -> throw config.wrong("model_type", "no two-tower model of that type is known here");
    };
  }
}
