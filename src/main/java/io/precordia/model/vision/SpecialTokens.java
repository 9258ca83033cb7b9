package io.precordia.model.vision;

import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Tensor;
import java.util.List;

/** Learned tokens and positions that an image encoder adds to its patches. */
final class SpecialTokens {
  private SpecialTokens() {}

  static ParameterSpec embedding(String name, long... shape) {
    return new ParameterSpec(name, shape, ParameterSpec.Role.EMBEDDING, Initializer.NORMAL_002);
  }

  /** Tokens of any shape with the last axis d, put before x [n, tokens, d] in every row. */
  static Tensor before(Forward f, Tensor tokens, Tensor x) {
    Tensor rows = f.ops().reshape(tokens, 1, -1, x.size(2));
    return f.ops()
        .concat(1, List.of(f.ops().broadcast(rows, x.size(0), rows.size(1), x.size(2)), x));
  }
}
