package io.precordia.tensor.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Tensor;
import java.util.Arrays;

/** Patches of images and frames of signals, so that convolution is a product. */
final class DjlFrames {
  private final DjlOps ops;
  private final DjlMemory memory;

  DjlFrames(DjlOps ops, DjlMemory memory) {
    this.ops = ops;
    this.memory = memory;
  }

  Tensor patches(Tensor images, int patch) {
    long[] s = images.shape();
    if (s.length != 4 || s[2] % patch != 0 || s[3] % patch != 0) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "patchify: " + Arrays.toString(s) + " by " + patch);
    }
    long rows = s[2] / patch;
    long columns = s[3] / patch;
    Tensor grid =
        ops.permute(ops.reshape(images, s[0], s[1], rows, patch, columns, patch), 0, 2, 4, 1, 3, 5);
    return ops.reshape(grid, s[0], rows * columns, s[1] * patch * patch);
  }

  Tensor frames(Tensor signal, int kernel, int stride) {
    long[] s = signal.shape();
    if (s.length != 3 || s[1] < kernel) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "frames of " + kernel + " from " + Arrays.toString(s));
    }
    long count = (s[1] - kernel) / stride + 1;
    if (stride == kernel) {
      Tensor cut = count * kernel == s[1] ? signal : ops.slice(signal, 1, 0, count * kernel);
      return ops.reshape(
          ops.permute(ops.reshape(cut, s[0], count, kernel, s[2]), 0, 1, 3, 2),
          s[0],
          count,
          s[2] * kernel);
    }
    PtNDArray[] taps = new PtNDArray[kernel];
    for (int i = 0; i < kernel; i++) {
      int from = i;
      taps[i] =
          DjlOps.array(
              memory.of(
                  () ->
                      JniUtils.slice(
                          DjlOps.array(signal), 1, from, from + (count - 1) * stride + 1, stride)));
    }
    return ops.reshape(memory.of(() -> JniUtils.stack(taps, 3)), s[0], count, s[2] * kernel);
  }
}
