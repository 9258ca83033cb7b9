package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Cuts images into square patches and projects each to the model width; the same as a convolution
 * with kernel = stride = patch. The weight {@code path.weight} is stored as a convolution kernel
 * [width, channels, patch, patch].
 */
public record PatchEmbedding(String path, int channels, int image, int patch, int width)
    implements Layer {
  public PatchEmbedding {
    if (patch < 1 || image % patch != 0) {
      throw new IllegalArgumentException(
          "patch embedding: image side " + image + " is not a multiple of " + patch);
    }
  }

  /** Number of patches of one image. */
  public int tokens() {
    return (image / patch) * (image / patch);
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(
        new ParameterSpec(
            path + ".weight",
            new long[] {width, channels, patch, patch},
            ParameterSpec.Role.WEIGHT,
            Initializer.NORMAL_002));
    sink.accept(
        new ParameterSpec(
            path + ".bias", new long[] {width}, ParameterSpec.Role.BIAS, Initializer.ZEROS));
  }

  /** images [n, channels, image, image] to [n, tokens, width]. */
  public Tensor apply(Forward f, Tensor images) {
    Shapes.require(images, "image batch", -1, channels, image, image);
    return f.rowwise(path, images, this::projected);
  }

  private Tensor projected(Forward f, Tensor images) {
    Tensor kernel =
        f.ops().reshape(f.get(path + ".weight"), width, (long) channels * patch * patch);
    return f.ops()
        .linear(
            f.ops().patchify(images, patch),
            kernel,
            f.get(path + ".bias"),
            io.precordia.tensor.Activation.IDENTITY,
            null);
  }
}
