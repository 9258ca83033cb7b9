package io.precordia.train.baseline;

import io.precordia.nn.BatchNorm;
import io.precordia.nn.Conv1d;
import io.precordia.nn.Forward;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import io.precordia.train.data.EcgAugmentation;
import io.precordia.train.data.StudySample;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small one-dimensional ResNet over 12 leads (after Ribeiro et al. 2020, reduced): a convolution
 * of 15 samples and stride 2, four residual blocks of two convolutions of 7, each halving the
 * length, mean over time, linear. Convolutions keep the length by zeros at both ends.
 *
 * @param samples length of the signal
 */
record EcgResNet(int samples, int outputs) implements RivalNet {
  private static final int LEADS = 12;
  private static final int STEM = 15;
  private static final int KERNEL = 7;
  private static final double DROPOUT = 0.2;
  private static final int[] WIDTHS = {32, 48, 64, 96, 128};

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    stem().declare(sink);
    norm("stem", WIDTHS[0]).declare(sink);
    for (int b = 1; b < WIDTHS.length; b++) {
      first(b).declare(sink);
      norm("block" + b + ".1", WIDTHS[b]).declare(sink);
      second(b).declare(sink);
      norm("block" + b + ".2", WIDTHS[b]).declare(sink);
      shortcut(b).declare(sink);
    }
    head().declare(sink);
  }

  @Override
  public Tensor input(Forward f, List<StudySample> studies, @Nullable SplittableRandom random) {
    float[] values = new float[studies.size() * LEADS * samples];
    for (int i = 0; i < studies.size(); i++) {
      if (random == null) {
        EcgAugmentation.plain(studies.get(i).ecg(), values, i * LEADS * samples);
      } else {
        EcgAugmentation.apply(studies.get(i).ecg(), random, values, i * LEADS * samples);
      }
    }
    return f.ops().permute(f.ops().upload(values, studies.size(), LEADS, samples), 0, 2, 1);
  }

  @Override
  public Tensor logits(Forward f, Tensor input) {
    Tensor x = stem().apply(f, padded(f, input, STEM / 2), Activation.IDENTITY);
    x = f.ops().activation(normalised(f, norm("stem", WIDTHS[0]), x), Activation.RELU);
    for (int b = 1; b < WIDTHS.length; b++) {
      Tensor y = first(b).apply(f, padded(f, x, KERNEL / 2), Activation.IDENTITY);
      y = normalised(f, norm("block" + b + ".1", WIDTHS[b]), y);
      y = f.dropout(f.ops().activation(y, Activation.RELU), DROPOUT);
      y = second(b).apply(f, padded(f, y, KERNEL / 2), Activation.IDENTITY);
      y = normalised(f, norm("block" + b + ".2", WIDTHS[b]), y);
      Tensor way = shortcut(b).apply(f, x, Activation.IDENTITY);
      x = f.ops().activation(f.ops().add(y, way), Activation.RELU);
    }
    return head().apply(f, f.ops().mean(x, 1));
  }

  private static Tensor padded(Forward f, Tensor x, int by) {
    Tensor zeros = f.ops().full(0, x.size(0), by, x.size(2));
    return f.ops().concat(1, List.of(zeros, x, zeros));
  }

  private static Tensor normalised(Forward f, BatchNorm norm, Tensor x) {
    long[] shape = x.shape();
    return f.ops().reshape(norm.apply(f, f.ops().reshape(x, -1, shape[2])), shape);
  }

  private static BatchNorm norm(String path, int width) {
    return new BatchNorm(path + ".norm", width);
  }

  private static Conv1d stem() {
    return new Conv1d("stem.conv", LEADS, WIDTHS[0], STEM, 2);
  }

  private static Conv1d first(int block) {
    return new Conv1d("block" + block + ".conv1", WIDTHS[block - 1], WIDTHS[block], KERNEL, 2);
  }

  private static Conv1d second(int block) {
    return new Conv1d("block" + block + ".conv2", WIDTHS[block], WIDTHS[block], KERNEL, 1);
  }

  private static Conv1d shortcut(int block) {
    return new Conv1d("block" + block + ".shortcut", WIDTHS[block - 1], WIDTHS[block], 1, 2);
  }

  private Linear head() {
    return new Linear("head", WIDTHS[WIDTHS.length - 1], 2L * outputs, true);
  }
}
