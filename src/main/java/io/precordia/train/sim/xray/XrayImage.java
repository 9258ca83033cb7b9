package io.precordia.train.sim.xray;

import io.precordia.study.Pixels;
import io.precordia.train.sim.state.Finding;
import java.util.Map;

/**
 * A simulated radiograph with its ground truth. The patient's right is on the left of the image.
 *
 * @param size columns and rows
 * @param display row-major display values, 0 black to 1 white, not clipped (about -0.3 to 1.3)
 * @param masks for each finding of the radiograph, the pixels that show it, row-major
 * @param heart the cardiac silhouette
 * @param lungs the pleural cavities not covered by heart and mediastinum, whatever fills them
 * @param pixelSpacingMm distance of pixel centres in the patient
 */
public record XrayImage(
    int size,
    float[] display,
    Map<Finding, boolean[]> masks,
    boolean[] heart,
    boolean[] lungs,
    double pixelSpacingMm) {

  /** Clipped to [0, 1], as an encoder takes it. */
  public Pixels pixels() {
    float[] out = new float[display.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, Math.min(1, display[i]));
    }
    return new Pixels(size, size, out);
  }
}
