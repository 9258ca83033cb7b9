package io.precordia.model.pair;

import io.precordia.model.hub.CheckpointNames;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.HubWeights;
import io.precordia.nn.Layer;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Weights of a two-tower model or of one of its towers. */
final class PairFolder {
  private static final String IMAGES = "vision_model.";
  private static final String TEXTS = "text_model.";

  private PairFolder() {}

  /** The model, or a tower whose {@code unused} parts of the file belong to the other one. */
  static <M extends Layer> HubModel<M> load(
      Path folder, String type, M model, Predicate<String> unused) {
    return new HubModel<>(
        type,
        model,
        HubWeights.open(
            folder,
            model.parameters(),
            name -> underTower(type, CheckpointNames.of(type, "").apply(name)),
            unused.or(name -> name.endsWith(".position_ids"))));
  }

  /** A tower saved alone may leave out its own name, which the two-tower model needs. */
  private static String underTower(String type, String name) {
    String tower =
        type.endsWith("_vision_model") ? IMAGES : type.endsWith("_text_model") ? TEXTS : "";
    return name.startsWith(IMAGES) || name.startsWith(TEXTS) || isHead(name) ? name : tower + name;
  }

  static boolean isTextSide(String name) {
    return name.startsWith(TEXTS) || isHead(name);
  }

  static boolean isImageSide(String name) {
    return name.startsWith(IMAGES) || isHead(name);
  }

  private static boolean isHead(String name) {
    return name.equals("text_projection.weight")
        || name.equals("visual_projection.weight")
        || name.equals("logit_scale")
        || name.equals("logit_bias")
        || name.startsWith("classifier.");
  }
}
