package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a recording into windows of the model's length. A longer recording gives consecutive
 * windows, the last one aligned to the recording's end (so it may overlap the one before). A
 * shorter one is padded at its end with missing samples; below the shortest length it is refused.
 * Windows without a finite sample are left out.
 */
public final class EcgWindows {
  private final EcgPreprocessing constants;

  public EcgWindows() {
    this(EcgPreprocessing.STANDARD);
  }

  public EcgWindows(EcgPreprocessing constants) {
    this.constants = constants;
  }

  /**
   * Windows in time order, at least one.
   *
   * @throws PrecordiaException TOO_SHORT, or NOT_FINITE if no window holds a finite sample
   */
  public List<Ecg> cut(Ecg ecg) {
    requireLongEnough(ecg);
    int length = (int) Math.max(1, Math.round(constants.seconds() * ecg.rateHz()));
    List<Ecg> windows = new ArrayList<>();
    int total = ecg.samples();
    for (int from = 0; from < total; from += length) {
      int start = from + length > total ? Math.max(0, total - length) : from;
      Ecg window = window(ecg, start, length);
      if (hasFinite(window)) {
        windows.add(window);
      }
    }
    if (windows.isEmpty()) {
      throw new PrecordiaException(ErrorCode.NOT_FINITE, "the recording holds no finite sample");
    }
    return List.copyOf(windows);
  }

  /** Throws TOO_SHORT if a recording is below the shortest length that is padded. */
  public void requireLongEnough(Ecg ecg) {
    if (ecg.seconds() < constants.shortestSeconds() - 1e-9) {
      throw new PrecordiaException(
          ErrorCode.TOO_SHORT,
          "the recording lasts "
              + Math.round(ecg.seconds() * 1000)
              + " ms; at least "
              + Math.round(constants.shortestSeconds() * 1000)
              + " ms are needed");
    }
  }

  private static Ecg window(Ecg ecg, int start, int length) {
    if (start == 0 && ecg.samples() == length) {
      return ecg;
    }
    float[][] rows = new float[12][length];
    int end = Math.min(ecg.samples(), start + length);
    for (int lead = 0; lead < 12; lead++) {
      System.arraycopy(ecg.millivolts()[lead], start, rows[lead], 0, end - start);
      Arrays.fill(rows[lead], end - start, length, Float.NaN);
    }
    return new Ecg(rows, ecg.present(), ecg.derived(), ecg.rateHz(), ecg.calibrated());
  }

  private static boolean hasFinite(Ecg window) {
    for (float[] row : window.millivolts()) {
      for (float v : row) {
        if (Float.isFinite(v)) {
          return true;
        }
      }
    }
    return false;
  }
}
