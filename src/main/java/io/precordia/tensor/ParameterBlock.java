package io.precordia.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many parameters laid end to end in one vector, so that optimiser arithmetic is a handful of
 * operations however many layers there are. Not thread-safe.
 */
public interface ParameterBlock extends AutoCloseable {
  /** Number of scalars. */
  int size();

  /**
   * The vector cut in order into tensors of the given shapes, which must add up to {@link #size()}.
   * While recording they carry gradient into this block and must be taken anew in each recording;
   * otherwise they are constants that show later updates.
   */
  List<Tensor> views(List<long[]> shapes);

  float[] read();

  /** Overwrites all values. */
  void write(float[] values);

  /**
   * Copy of the accumulated gradient; null if no backward pass reached this block since {@link
   * #zeroGradient()}.
   */
  float @Nullable [] readGradient();

  /**
   * Sum of squares of the accumulated gradient as a device scalar in the current scope; null
   * without gradient.
   */
  @Nullable Tensor gradientSquaredNorm();

  void zeroGradient();

  /** One AdamW update by the accumulated gradient; does nothing without one. */
  void adamW(AdamWUpdate update);

  /** Adam's first and second moment, each {@link #size()} long; zeros before the first update. */
  float[][] readMoments();

  void writeMoments(float[] first, float[] second);

  @Override
  void close();
}
