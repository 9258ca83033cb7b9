package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Convolution with kernel = stride = patch over images of any size; like a convolution without
 * padding it leaves out the rows and columns behind the last whole patch. The weight is [width,
 * channels, patch, patch].
 */
public record PatchProjection(String path, int channels, int patch, int width, boolean bias)
    implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(
        new ParameterSpec(
            path + ".weight",
            new long[] {width, channels, patch, patch},
            ParameterSpec.Role.WEIGHT,
            Initializer.NORMAL_002));
    if (bias) {
      sink.accept(
          new ParameterSpec(
              path + ".bias", new long[] {width}, ParameterSpec.Role.BIAS, Initializer.ZEROS));
    }
  }

  /**
   * Images [n, channels, h, w] to [n, (h/patch)(w/patch), width], in raster order.
   *
   * @throws io.precordia.error.PrecordiaException INVALID_ARGUMENT for another number of channels
   *     or less than one patch
   */
  public Tensor apply(Forward f, Tensor images) {
    Shapes.require(images, "image batch", -1, channels, -1, -1);
    long height = images.size(2) / patch * patch;
    long across = images.size(3) / patch * patch;
    if (height == 0 || across == 0) {
      Shapes.require(images, "image batch", -1, channels, patch, patch);
    }
    Tensor whole = f.ops().slice(f.ops().slice(images, 2, 0, height), 3, 0, across);
    return f.rowwise(path, whole, this::projected);
  }

  private Tensor projected(Forward f, Tensor whole) {
    Tensor kernel =
        f.ops().reshape(f.get(path + ".weight"), width, (long) channels * patch * patch);
    return f.ops()
        .linear(
            f.ops().patchify(whole, patch),
            kernel,
            bias ? f.get(path + ".bias") : null,
            Activation.IDENTITY,
            null);
  }

  /**
   * The same for images of one size.
   *
   * @throws io.precordia.error.PrecordiaException INVALID_ARGUMENT for another size
   */
  public Tensor apply(Forward f, Tensor images, int side) {
    Shapes.require(images, "image batch", -1, channels, side, side);
    return apply(f, images);
  }
}
