package io.precordia.serve.hub;

import io.precordia.error.PrecordiaException;
import io.precordia.imaging.HubImageProcessor;
import io.precordia.model.Encoder;
import io.precordia.model.HubModels;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.ImageProcessorFile;
import io.precordia.report.ReportTokenizer;
import io.precordia.serve.EncoderProvider;
import io.precordia.study.ModelRef;
import io.precordia.tensor.Ops;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.Checksums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Opens hub folders on the CPU: CLIP and SigLIP as a pair of towers, ViT, DINOv2 and single image
 * towers for X-rays, BERT, RoBERTa and single text towers for reports.
 */
public final class HubEncoderProvider implements EncoderProvider {
  private static final Set<String> PAIRS = Set.of("clip", "siglip");
  private static final Set<String> IMAGES =
      Set.of("vit", "dinov2", "dinov2_with_registers", "clip_vision_model", "siglip_vision_model");
  private static final Set<String> TEXTS =
      Set.of("bert", "roberta", "xlm-roberta", "clip_text_model", "siglip_text_model");
  private static final String TOKENIZER = "tokenizer.json";

  @Override
  public boolean reads(Path folder) {
    try {
      String type = HubConfig.read(folder).modelType();
      return PAIRS.contains(type) || IMAGES.contains(type) || TEXTS.contains(type);
    } catch (PrecordiaException e) {
      return false;
    }
  }

  @Override
  public Encoder open(Path folder) {
    if (Files.exists(folder.resolve(Checksums.FILE))) {
      Checksums.verify(folder);
    }
    String type = HubConfig.read(folder).modelType();
    Path processor = folder.resolve("preprocessor_config.json");
    String preprocessing =
        Files.isRegularFile(processor) ? Checksums.ofFile(processor) : "model's own";
    ModelRef ref =
        new ModelRef(name(folder), type, Checksums.ofFolder(folder), List.of(), preprocessing);
    Ops ops = DjlOps.cpu();
    try {
      if (PAIRS.contains(type)) {
        return HubEncoder.pair(
            HubModels.pair(folder), processor(folder), tokenizer(folder), ref, ops);
      }
      return IMAGES.contains(type)
          ? HubEncoder.vision(HubModels.vision(folder), processor(folder), ref, ops)
          : HubEncoder.text(HubModels.text(folder), tokenizer(folder), ref, ops);
    } catch (RuntimeException | Error e) {
      ops.close();
      throw e;
    }
  }

  private static HubImageProcessor processor(Path folder) {
    return new HubImageProcessor(ImageProcessorFile.read(folder));
  }

  private static ReportTokenizer tokenizer(Path folder) {
    return ReportTokenizer.load(folder.resolve(TOKENIZER));
  }

  private static String name(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }
}
