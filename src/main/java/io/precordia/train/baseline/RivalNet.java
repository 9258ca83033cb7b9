package io.precordia.train.baseline;

import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.tensor.Tensor;
import io.precordia.train.data.StudySample;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A small supervised network with several yes-or-no outputs. */
interface RivalNet extends Layer {
  /**
   * Inputs of some studies on the device.
   *
   * @param random of augmentation; null for none
   */
  Tensor input(Forward f, List<StudySample> studies, @Nullable SplittableRandom random);

  /** [n, outputs·2]: for each output the log-odds of no and of yes. */
  Tensor logits(Forward f, Tensor input);

  int outputs();
}
