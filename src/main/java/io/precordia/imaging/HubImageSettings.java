package io.precordia.imaging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image processor of the hub does, in its order.
 *
 * @param convertRgb three channels first
 * @param target size to resize to; null to leave the size
 * @param filter of the resize
 * @param crop size of the central cut, black where the picture is smaller; null for none
 * @param rescale factor of the octets; 1 for none
 * @param mean subtracted per channel, one number alone from all; empty for no normalisation
 * @param deviation divides per channel
 */
public record HubImageSettings(
    boolean convertRgb,
    @Nullable ResizeTarget target,
    Resample filter,
    @Nullable ResizeTarget crop,
    double rescale,
    List<Double> mean,
    List<Double> deviation) {
  public HubImageSettings {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size() || deviation.contains(0.0)) {
      throw new IllegalArgumentException(
          "image processor: as many deviations as means are needed, none of them 0");
    }
  }
}
