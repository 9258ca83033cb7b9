package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * A small convolutional path beside a patch embedding, for lines and dots that are thinner than a
 * patch (in the spirit of Xiao et al., NeurIPS 2021, "Early convolutions help transformers see
 * better"): cells of 4 × 4 pixels, each mixed with its right, lower and lower right neighbour, then
 * all cells of a patch together. The last projection starts at zero, so that a model that gets a
 * stem begins as it was.
 *
 * <p>Parameters {@code path.cells} [hidden/2, channels·16], {@code path.mix} [hidden, 2·hidden],
 * each with a bias, and {@code path.patches} [width, (patch/4)²·hidden].
 *
 * @param patch a multiple of 4
 * @param hidden channels of a cell, even
 */
public record FineStem(String path, int channels, int image, int patch, int hidden, int width)
    implements Layer {
  private static final int CELL = 4;

  public FineStem {
    if (patch % CELL != 0 || image % patch != 0 || hidden < 2 || hidden % 2 != 0) {
      throw new IllegalArgumentException(
          "fine stem: the patch must be a multiple of 4 and the hidden width even");
    }
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    int half = hidden / 2;
    weight(sink, "cells.weight", half, channels * CELL * CELL);
    bias(sink, "cells.bias", half);
    weight(sink, "mix.weight", hidden, 4L * half);
    bias(sink, "mix.bias", hidden);
    sink.accept(
        new ParameterSpec(
            path + ".patches.weight",
            new long[] {width, inPatch()},
            ParameterSpec.Role.WEIGHT,
            Initializer.ZEROS));
  }

  private long inPatch() {
    long side = patch / CELL;
    return side * side * hidden;
  }

  private void weight(Consumer<ParameterSpec> sink, String name, int out, long in) {
    sink.accept(
        new ParameterSpec(
            path + "." + name,
            new long[] {out, in},
            ParameterSpec.Role.WEIGHT,
            Initializer.fanIn(in)));
  }

  private void bias(Consumer<ParameterSpec> sink, String name, int out) {
    sink.accept(
        new ParameterSpec(
            path + "." + name, new long[] {out}, ParameterSpec.Role.BIAS, Initializer.ZEROS));
  }

  /** Images [n, channels, image, image] to [n, tokens, width], patches in raster order. */
  public Tensor apply(Forward f, Tensor images) {
    Shapes.require(images, "image batch", -1, channels, image, image);
    Ops ops = f.ops();
    long n = images.size(0);
    long side = image / CELL;
    Tensor cells =
        ops.linear(
            ops.patchify(images, CELL),
            f.get(path + ".cells.weight"),
            f.get(path + ".cells.bias"),
            Activation.GELU,
            null);
    Tensor map = ops.reshape(cells, n, side, side, hidden / 2);
    Tensor right = shifted(ops, map, 2, side);
    Tensor around =
        ops.concat(
            3, List.of(map, right, shifted(ops, map, 1, side), shifted(ops, right, 1, side)));
    Tensor mixed =
        ops.linear(
            ops.reshape(around, n, side * side, 2L * hidden),
            f.get(path + ".mix.weight"),
            f.get(path + ".mix.bias"),
            Activation.GELU,
            null);
    long in = patch / CELL;
    long grid = image / patch;
    Tensor grouped =
        ops.permute(ops.reshape(mixed, n, grid, in, grid, in, hidden), 0, 1, 3, 2, 4, 5);
    return ops.linear(
        ops.reshape(grouped, n, grid * grid, inPatch()),
        f.get(path + ".patches.weight"),
        null,
        Activation.IDENTITY,
        null);
  }

  /** The next cell along an axis; the last one repeats itself. */
  private static Tensor shifted(Ops ops, Tensor map, int axis, long side) {
    return ops.concat(
        axis, List.of(ops.slice(map, axis, 1, side), ops.slice(map, axis, side - 1, side)));
  }
}
