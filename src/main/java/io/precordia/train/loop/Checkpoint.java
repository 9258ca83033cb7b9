package io.precordia.train.loop;

import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.train.optim.AdamW;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsWriter;
import io.precordia.weights.WeightSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run needs to go on bit for bit, in one safetensors file (F32): weights, running
 * statistics, Adam's moments, and where the run stood. Batches and masks need no state: they are
 * functions of seed and step.
 *
 * @param stage stage that the run is in
 * @param step steps done in it
 * @param best best validation score so far
 */
record Checkpoint(ParameterSet weights, AdamW.State optimizer, int stage, long step, double best) {
  private static final String MODEL = "model:";
  private static final String FIRST = "moment1:";
  private static final String SECOND = "moment2:";
  private static final String STATE = "state";

  void write(Path file) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    for (ParameterSpec spec : weights.specs()) {
      arrays.put(MODEL + spec.name(), new HostArray(spec.shape(), weights.values(spec.name())));
    }
    optimizer
        .moments()
        .forEach(
            (group, moments) -> {
              arrays.put(FIRST + group, vector(moments[0]));
              arrays.put(SECOND + group, vector(moments[1]));
            });
    arrays.put(STATE, vector(new float[] {stage, step, optimizer.step(), (float) best}));
    SafetensorsWriter.write(file, arrays, ElementType.F32, Map.of("kind", "precordia-checkpoint"));
  }

  /** Where the run of a checkpoint stood: its stage decides which parameters there are. */
  static int stageOf(Path file) {
    try (WeightSource source = WeightSource.open(file)) {
      return (int) source.floats(STATE)[0];
    }
  }

  static Checkpoint read(Path file, Collection<ParameterSpec> declared, List<String> groups) {
    try (WeightSource source = WeightSource.open(file)) {
      ParameterSet weights = new ParameterSet();
      for (ParameterSpec spec : declared) {
        weights.put(spec, source.floats(MODEL + spec.name()));
      }
      Map<String, float[][]> moments = new LinkedHashMap<>();
      for (String group : groups) {
        moments.put(
            group, new float[][] {source.floats(FIRST + group), source.floats(SECOND + group)});
      }
      float[] state = source.floats(STATE);
      return new Checkpoint(
          weights,
          new AdamW.State((long) state[2], moments),
          (int) state[0],
          (long) state[1],
          state[3]);
    }
  }

  private static HostArray vector(float[] values) {
    return new HostArray(new long[] {values.length}, values);
  }
}
