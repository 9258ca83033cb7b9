package io.precordia.train.loop;

import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.weights.WeightSource;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Starting weights from a model folder of the same family: what it has is taken, a longer table
 * keeps its first rows, and what it lacks starts afresh.
 */
final class WarmStart {
  private WarmStart() {}

  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS if the file is damaged
   */
  static ParameterSet of(Path folder, MoreModel model, long seed) {
    ParameterSet out = ParameterSet.initial(model.parameters(), seed);
    try (WeightSource source = WeightSource.open(folder.resolve(MoreFolder.WEIGHTS))) {
      for (ParameterSpec spec : model.parameters()) {
        if (source.names().contains(spec.name())) {
          float[] given = source.floats(spec.name());
          float[] start = out.values(spec.name());
          boolean table =
              spec.role() == ParameterSpec.Role.EMBEDDING && given.length < start.length;
          if (given.length == start.length || table) {
            float[] merged = Arrays.copyOf(given, start.length);
            System.arraycopy(
                start, given.length, merged, given.length, start.length - given.length);
            out.put(spec, merged);
          }
        }
      }
    }
    return out;
  }
}
