package io.precordia.model.more;

import io.precordia.nn.DropKey;
import io.precordia.nn.EncoderConfig;

/**
 * Sizes and decisions of a MoRE model; a model folder keeps it as {@code config.json}.
 *
 * @param projection width of the shared space
 * @param temperature starting τ of the contrastive objective, above 0
 */
public record MoreConfig(Xray xray, Ecg ecg, Text text, int projection, double temperature) {

  /**
   * X-ray branch.
   *
   * @param channels input channels; a grey image is repeated to fill them
   * @param image side in pixels
   * @param patch side of a patch in pixels
   * @param stem channels of the {@link io.precordia.nn.FineStem} beside the patches, 0 for none
   * @param mean grey mean that raw octets/255 are normalised with
   * @param deviation grey standard deviation that raw octets/255 are divided by
   */
  public record Xray(
      int channels,
      int image,
      int patch,
      int stem,
      double mean,
      double deviation,
      EncoderConfig encoder) {}

  /**
   * ECG branch.
   *
   * @param leads rows of the input, canonical order; an absent lead is all zeros
   * @param samples columns of the input
   * @param middle channels between the tokeniser's convolutions
   */
  public record Ecg(int leads, int samples, int middle, EncoderConfig encoder) {
    /** Length of a window, whatever its number of samples. */
    public static final double SECONDS = 10;
  }

  /**
   * Report branch.
   *
   * @param vocabulary number of token ids
   * @param positions rows of the position table
   * @param positionOffset row of the first token (RoBERTa: 2)
   * @param tokenTypes rows of the token-type table, 0 for none
   * @param pooler whether the (unused) pooler of RoBERTa is among the parameters
   */
  public record Text(
      int vocabulary,
      int positions,
      int positionOffset,
      int tokenTypes,
      boolean pooler,
      EncoderConfig encoder) {
    /** Longest text in tokens; longer ones are refused, so cut before. */
    public int maxTokens() {
      return positions - positionOffset;
    }
  }

  /** The size of the paper: two ViT-B/16 (with constant DropKey 0.3) and a RoBERTa-base. */
  public static MoreConfig paper() {
    EncoderConfig vit = EncoderConfig.vision(768, 12, 12, DropKey.constant(0.3));
    EncoderConfig roberta =
        new EncoderConfig(768, 12, 12, 3072, 1e-5, false, false, true, DropKey.OFF);
    return new MoreConfig(
        new Xray(3, 224, 16, 0, 0.499, 0.293, vit),
        new Ecg(12, 1000, 256, vit),
        new Text(50_265, 514, 2, 1, true, roberta),
        128,
        0.02);
  }

  /**
   * The shipped size: width 256, ViTs of 6 blocks with DropKey decreasing from 0.2, a fine stem of
   * 32 channels, a pre-norm report transformer of 4 blocks and 256 positions.
   */
  public static MoreConfig small(int vocabulary) {
    EncoderConfig vit = EncoderConfig.vision(256, 6, 4, DropKey.decreasing(0.2));
    EncoderConfig text = new EncoderConfig(256, 4, 4, 1024, 1e-6, true, false, true, DropKey.OFF);
    return new MoreConfig(
        new Xray(1, 224, 16, 32, 0.499, 0.293, vit),
        new Ecg(12, 1000, 64, vit),
        new Text(vocabulary, 256, 0, 0, false, text),
        128,
        0.07);
  }

  /** The same model with other DropKey ratios in both ViTs. */
  public MoreConfig withDropKey(DropKey ratios) {
    return new MoreConfig(
        new Xray(
            xray.channels,
            xray.image,
            xray.patch,
            xray.stem,
            xray.mean,
            xray.deviation,
            with(xray.encoder, ratios)),
        new Ecg(ecg.leads, ecg.samples, ecg.middle, with(ecg.encoder, ratios)),
        text,
        projection,
        temperature);
  }

  /** The same model with another width of the fine stem; 0 takes it away. */
  public MoreConfig withStem(int channels) {
    return new MoreConfig(
        new Xray(
            xray.channels,
            xray.image,
            xray.patch,
            channels,
            xray.mean,
            xray.deviation,
            xray.encoder),
        ecg,
        text,
        projection,
        temperature);
  }

  private static EncoderConfig with(EncoderConfig c, DropKey ratios) {
    return new EncoderConfig(
        c.width(),
        c.depth(),
        c.heads(),
        c.hidden(),
        c.eps(),
        c.preNorm(),
        c.fusedQkv(),
        c.qkvBias(),
        ratios);
  }
}
