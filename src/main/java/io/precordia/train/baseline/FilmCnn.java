package io.precordia.train.baseline;

import io.precordia.nn.BatchNorm;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import io.precordia.train.data.StudySample;
import io.precordia.train.data.XrayAugmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small convolutional network over films: patches of 4·4 pixels, then three stages of a 3·3
 * convolution with zeros at the border and a 2·2 convolution of stride 2, mean over the place,
 * linear. Every convolution is followed by batch normalisation and ReLU.
 *
 * @param side of the film in pixels, a multiple of 32
 */
record FilmCnn(int side, int outputs) implements RivalNet {
  private static final int PATCH = 4;
  private static final int STAGES = 3;
  private static final int WIDTH = 16;
  private static final double DROPOUT = 0.2;
  private static final double LEAST_AREA = 0.8;

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    declare(sink, stem());
    for (int s = 0; s < STAGES; s++) {
      declare(sink, near(s));
      declare(sink, down(s));
    }
    head().declare(sink);
  }

  private static void declare(Consumer<ParameterSpec> sink, Linear layer) {
    layer.declare(sink);
    norm(layer).declare(sink);
  }

  @Override
  public Tensor input(Forward f, List<StudySample> studies, @Nullable SplittableRandom random) {
    byte[] octets = new byte[studies.size() * side * side];
    for (int i = 0; i < studies.size(); i++) {
      byte[] grey = studies.get(i).xray();
      int at = i * side * side;
      if (random == null) {
        System.arraycopy(grey, 0, octets, at, side * side);
      } else {
        XrayAugmentation.apply(grey, side, LEAST_AREA, random, octets, at);
      }
    }
    Tensor raw = f.ops().upload(octets, studies.size(), 1, side, side);
    return f.ops().bytesToFloat(raw, 4 / 255.0, -2);
  }

  @Override
  public Tensor logits(Forward f, Tensor input) {
    long n = input.size(0);
    long size = side / PATCH;
    Tensor x = layer(f, stem(), f.ops().patchify(input, PATCH));
    x = f.ops().reshape(x, n, size, size, WIDTH);
    for (int s = 0; s < STAGES; s++) {
      int width = WIDTH << s;
      x = layer(f, near(s), neighbours(f, x));
      Tensor blocks = f.ops().reshape(x, n, size / 2, 2, size / 2, 2, width);
      size /= 2;
      blocks = f.ops().permute(blocks, 0, 1, 3, 2, 4, 5);
      x = layer(f, down(s), f.ops().reshape(blocks, n, size, size, 4L * width));
    }
    Tensor flat = f.ops().reshape(x, n, size * size, (long) WIDTH << STAGES);
    return head().apply(f, f.dropout(f.ops().mean(flat, 1), DROPOUT));
  }

  /** The nine places around each: [n, h, w, c] to [n, h, w, 9c]. */
  private static Tensor neighbours(Forward f, Tensor x) {
    long h = x.size(1);
    long w = x.size(2);
    Tensor row = f.ops().full(0, x.size(0), 1, w, x.size(3));
    Tensor tall = f.ops().concat(1, List.of(row, x, row));
    Tensor column = f.ops().full(0, x.size(0), h + 2, 1, x.size(3));
    Tensor padded = f.ops().concat(2, List.of(column, tall, column));
    List<Tensor> parts = new ArrayList<>();
    for (int dy = 0; dy < 3; dy++) {
      Tensor rows = f.ops().slice(padded, 1, dy, dy + h);
      for (int dx = 0; dx < 3; dx++) {
        parts.add(f.ops().slice(rows, 2, dx, dx + w));
      }
    }
    return f.ops().concat(3, parts);
  }

  private static Tensor layer(Forward f, Linear layer, Tensor x) {
    Tensor y = layer.apply(f, x);
    long[] shape = y.shape();
    Tensor flat = norm(layer).apply(f, f.ops().reshape(y, -1, layer.out()));
    return f.ops().activation(f.ops().reshape(flat, shape), Activation.RELU);
  }

  private static BatchNorm norm(Linear layer) {
    return new BatchNorm(layer.path() + ".norm", layer.out());
  }

  private static Linear stem() {
    return convolution("stem", PATCH * PATCH, WIDTH);
  }

  private static Linear near(int stage) {
    return convolution("near" + stage, 9L * (WIDTH << stage), WIDTH << stage);
  }

  private static Linear down(int stage) {
    return convolution("down" + stage, 4L * (WIDTH << stage), WIDTH << (stage + 1));
  }

  private static Linear convolution(String path, long in, long out) {
    return new Linear(path, in, out, false, Initializer.fanIn(in));
  }

  private Linear head() {
    return new Linear("head", (long) WIDTH << STAGES, 2L * outputs, true);
  }
}
