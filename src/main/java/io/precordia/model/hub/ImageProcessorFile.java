package io.precordia.model.hub;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.HubImageSettings;
import io.precordia.imaging.Resample;
import io.precordia.imaging.ResizeTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code preprocessor_config.json}, or the section {@code image_processor} of {@code
 * processor_config.json}, of the ViT, CLIP, SigLIP and BiT processors (DINOv2 comes with BiT's).
 */
public final class ImageProcessorFile {
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
  private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

  private ImageProcessorFile() {}

  /**
   * @throws PrecordiaException BAD_WEIGHTS if the folder has no such file or a value cannot be
   *     honoured
   */
  public static HubImageSettings read(Path folder) {
    Path own = folder.resolve("preprocessor_config.json");
    Path shared = folder.resolve("processor_config.json");
    if (!Files.isRegularFile(own) && Files.isRegularFile(shared)) {
      return read(HubConfig.readFile(shared).section("image_processor"));
    }
    return read(HubConfig.readFile(own));
  }

  private static HubImageSettings read(HubConfig config) {
    boolean bySide =
        switch (type(config)) {
          case "ViT", "Siglip" -> false;
          case "CLIP", "Bit" -> true;
          default ->
              throw config.wrong(
                  "image_processor_type", "only those of ViT, CLIP, SigLIP and BiT are known here");
        };
    boolean vit = type(config).equals("ViT");
    config.only("do_pad", "false");
    boolean normalise = config.flag("do_normalize", true);
    try {
      return new HubImageSettings(
          config.flag("do_convert_rgb", bySide),
          config.flag("do_resize", true) ? target(config, bySide) : null,
          Resample.ofCode(config.count("resample", vit ? 2 : 3)),
          config.flag("do_center_crop", bySide) ? crop(config) : null,
          config.flag("do_rescale", true) ? config.number("rescale_factor", 1 / 255.0) : 1,
          normalise ? config.numbers("image_mean", bySide ? CLIP_MEAN : HALF) : List.of(),
          normalise ? config.numbers("image_std", bySide ? CLIP_DEVIATION : HALF) : List.of());
    } catch (IllegalArgumentException e) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, String.valueOf(e.getMessage()), e);
    }
  }

  /** Family of the processor: older files name a feature extractor, some a fast variant. */
  private static String type(HubConfig config) {
    return config
        .text("image_processor_type", config.text("feature_extractor_type", ""))
        .replaceFirst("(ImageProcessor(Fast|Pil)?|FeatureExtractor)$", "");
  }

  private static ResizeTarget target(HubConfig config, boolean bySide) {
    if (!config.isObject("size")) {
      int side = config.size("size", 224);
      return bySide ? new ResizeTarget.ShortestEdge(side) : new ResizeTarget.Exact(side, side);
    }
    HubConfig size = config.section("size");
    if (size.has("longest_edge")) {
      throw config.wrong("size", "longest_edge cannot be honoured");
    }
    if (size.has("shortest_edge")) {
      return new ResizeTarget.ShortestEdge(size.size("shortest_edge", 224));
    }
    return exact(config, size, "size");
  }

  private static ResizeTarget.Exact crop(HubConfig config) {
    if (config.isObject("crop_size")) {
      return exact(config, config.section("crop_size"), "crop_size");
    }
    int side = config.size("crop_size", 224);
    return new ResizeTarget.Exact(side, side);
  }

  private static ResizeTarget.Exact exact(HubConfig config, HubConfig size, String key) {
    if (!size.has("height") || !size.has("width")) {
      throw config.wrong(key, "height and width, or shortest_edge, are needed");
    }
    return new ResizeTarget.Exact(size.size("height", 1), size.size("width", 1));
  }
}
