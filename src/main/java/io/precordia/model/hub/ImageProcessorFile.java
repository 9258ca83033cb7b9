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
 * processor_config.json}, of the ViT, CLIP, SigLIP, BLIP and BiT processors (DINOv2 comes with
 * BiT's).
 */
public final class ImageProcessorFile {
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
  private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

  /**
   * Defaults of one class of processors.
   *
   * @param size what is resized to if the file does not say
   * @param square whether one number alone is the side of a square, not the shorter side
   * @param cuts whether the centre is cut
   */
  private record Family(
      ResizeTarget size,
      boolean square,
      boolean cuts,
      boolean convertsRgb,
      int resample,
      List<Double> mean,
      List<Double> deviation) {
    static Family bySide() {
      ResizeTarget size = new ResizeTarget.ShortestEdge(224);
      return new Family(size, false, true, true, 3, CLIP_MEAN, CLIP_DEVIATION);
    }
  }

  private ImageProcessorFile() {}

  /**
   * @throws PrecordiaException BAD_WEIGHTS if the folder has no such file or a value cannot be
   *     honoured
   */
  public static HubImageSettings read(Path folder) {
    Path own = folder.resolve("preprocessor_config.json");
    Path shared = folder.resolve("processor_config.json");
    HubConfig config =
        !Files.isRegularFile(own) && Files.isRegularFile(shared)
            ? HubConfig.readFile(shared).section("image_processor")
            : HubConfig.readFile(own);
    return read(config, family(config, folder));
  }

  private static HubImageSettings read(HubConfig config, Family family) {
    config.only("do_pad", "false");
    boolean normalise = config.flag("do_normalize", true);
    try {
      return new HubImageSettings(
          config.flag("do_convert_rgb", family.convertsRgb()),
          config.flag("do_resize", true) ? target(config, family) : null,
          Resample.ofCode(config.count("resample", family.resample())),
          config.flag("do_center_crop", family.cuts()) ? crop(config) : null,
          config.flag("do_rescale", true) ? config.number("rescale_factor", 1 / 255.0) : 1,
          normalise ? perChannel(config, "image_mean", family.mean()) : List.of(),
          normalise ? perChannel(config, "image_std", family.deviation()) : List.of());
    } catch (IllegalArgumentException e) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, String.valueOf(e.getMessage()), e);
    }
  }

  private static Family family(HubConfig config, Path folder) {
    return switch (type(config, folder)) {
      case "ViT" -> new Family(new ResizeTarget.Exact(224, 224), true, false, false, 2, HALF, HALF);
      case "Siglip" ->
          new Family(new ResizeTarget.Exact(224, 224), false, false, true, 3, HALF, HALF);
      case "Blip" ->
          new Family(
              new ResizeTarget.Exact(384, 384), true, false, true, 3, CLIP_MEAN, CLIP_DEVIATION);
      case "CLIP", "Bit" -> Family.bySide();
      default ->
          throw config.wrong(
              "image_processor_type",
              "only those of ViT, CLIP, SigLIP, BLIP and BiT are known here");
    };
  }

  /**
   * Name of the class: older files name a feature extractor, some a fast variant; the oldest name
   * none, and then the model decides.
   */
  private static String type(HubConfig config, Path folder) {
    String named = config.text("image_processor_type", config.text("feature_extractor_type", ""));
    if (named.isEmpty() && Files.isRegularFile(folder.resolve("config.json"))) {
      return switch (HubConfig.read(folder).modelType()) {
        case "vit" -> "ViT";
        case "clip" -> "CLIP";
        case "siglip" -> "Siglip";
        case "blip" -> "Blip";
        case "dinov2", "dinov2_with_registers" -> "Bit";
        default -> "";
      };
    }
    return named.replaceFirst("(ImageProcessor(Fast|Pil)?|FeatureExtractor)$", "");
  }

  private static ResizeTarget target(HubConfig config, Family family) {
    if (!config.has("size")) {
      return family.size();
    }
    if (!config.isObject("size")) {
      int side = config.size("size", 1);
      return family.square()
          ? new ResizeTarget.Exact(side, side)
          : new ResizeTarget.ShortestEdge(side);
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

  private static List<Double> perChannel(HubConfig config, String key, List<Double> orElse) {
    List<Double> values = config.numbers(key, orElse);
    if (values.isEmpty()) {
      throw config.wrong(key, "a number for each channel is needed, or do_normalize false");
    }
    return values;
  }
}
