package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * MoRE's ECG tokeniser: Conv1d(leads→middle, kernel 5, stride 5), ReLU, BatchNorm,
 * Conv1d(middle→width, kernel 5, stride 1), ReLU, BatchNorm. For 1000 samples the token count goes
 * 1000 → 200 → 196, and token k sees samples 5k to 5k + 24.
 *
 * @param samples input length; any other is refused
 */
public record EcgTokenizer(String path, int leads, int samples, int middle, int width)
    implements Layer {
  private static final int KERNEL = 5;

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    conv1().declare(sink);
    norm(1, middle).declare(sink);
    conv2().declare(sink);
    norm(2, width).declare(sink);
  }

  /** Number of tokens of one recording. */
  public int tokens() {
    return conv2().frames(conv1().frames(samples));
  }

  /** signals [n, leads, samples] to [n, tokens, width]. */
  public Tensor apply(Forward f, Tensor signals) {
    Shapes.require(signals, "ECG batch", -1, leads, samples);
    Tensor x = f.ops().permute(signals, 0, 2, 1);
    x = normalised(f, norm(1, middle), conv1().apply(f, x, Activation.RELU));
    return normalised(f, norm(2, width), conv2().apply(f, x, Activation.RELU));
  }

  private static Tensor normalised(Forward f, BatchNorm norm, Tensor x) {
    long[] shape = x.shape();
    return f.ops().reshape(norm.apply(f, f.ops().reshape(x, -1, shape[2])), shape);
  }

  private Conv1d conv1() {
    return new Conv1d(path + ".conv1", leads, middle, KERNEL, KERNEL);
  }

  private Conv1d conv2() {
    return new Conv1d(path + ".conv2", middle, width, KERNEL, 1);
  }

  private BatchNorm norm(int index, int channels) {
    return new BatchNorm(path + ".bn" + index, channels);
  }
}
