package io.precordia.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.tensor.djl.DjlOps;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwiGluTest {
  @Test
  void theFirstHalfGatesTheSecond() {
    SwiGlu layer = new SwiGlu("m", 1, 2);
    Map<String, float[]> values =
        Map.of(
            "m.weights_in.weight", new float[] {1, -1, 2, 3},
            "m.weights_in.bias", new float[] {0, 0, 0.5f, 0},
            "m.weights_out.weight", new float[] {1, 10},
            "m.weights_out.bias", new float[] {0.25f});
    ParameterSet set = new ParameterSet();
    layer.parameters().forEach(spec -> set.put(spec, values.get(spec.name())));
    try (DjlOps ops = DjlOps.cpu()) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, set), Adapters.NONE);
      float y = ops.download(layer.apply(f, ops.upload(new float[] {1}, 1, 1, 1)))[0];
      double silu1 = 1 / (1 + Math.exp(-1));
      double siluMinus1 = -1 / (1 + Math.exp(1));
      assertEquals(silu1 * 2.5 + 10 * siluMinus1 * 3 + 0.25, y, 1e-5);
    }
  }
}
