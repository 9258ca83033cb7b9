package io.precordia.model.pair;

import io.precordia.model.hub.CheckpointNames;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.HubWeights;
import io.precordia.nn.Layer;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Weights of a two-tower model or of one of its towers. */
final class PairFolder {
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
            CheckpointNames.of(type, ""),
            unused.or(name -> name.endsWith(".position_ids"))));
  }

  static boolean isTextSide(String name) {
    return name.startsWith("text_model.") || isHead(name);
  }

  static boolean isImageSide(String name) {
    return name.startsWith("vision_model.") || isHead(name);
  }

  private static boolean isHead(String name) {
    return name.equals("text_projection.weight")
        || name.equals("visual_projection.weight")
        || name.equals("logit_scale")
        || name.equals("logit_bias")
        || name.startsWith("classifier.");
  }
}
