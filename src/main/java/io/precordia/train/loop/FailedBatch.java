package io.precordia.train.loop;

import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the batch whose loss was not finite, for whoever looks for the cause. */
final class FailedBatch {
  static final String FILE = "failed-batch.safetensors";

  private FailedBatch() {}

  static void write(Path file, TrainingBatch batch, int stage, long step) {
    float[] octets = new float[batch.xrayOctets().length];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = batch.xrayOctets()[i] & 0xFF;
    }
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put("xray_octets", rows(octets, batch.xrays()));
    if (batch.ecgs() > 0) {
      arrays.put("ecg_values", rows(batch.ecgValues(), batch.ecgs()));
    }
    for (int i = 0; i < batch.texts().length; i++) {
      int[] ids = batch.texts()[i];
      float[] values = new float[ids.length];
      for (int k = 0; k < values.length; k++) {
        values[k] = ids[k];
      }
      arrays.put("text_" + i, new HostArray(new long[] {values.length}, values));
    }
    SafetensorsWriter.write(
        file,
        arrays,
        ElementType.F32,
        Map.of("kind", "precordia-failed-batch", "stage", "" + stage, "step", "" + step));
  }

  private static HostArray rows(float[] values, int rows) {
    return new HostArray(new long[] {rows, values.length / Math.max(1, rows)}, values);
  }
}
