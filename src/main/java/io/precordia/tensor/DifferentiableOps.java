package io.precordia.tensor;

/**
 * A backend that can train: it records operations, differentiates, draws seeded random masks, and
 * updates parameters in place.
 */
public interface DifferentiableOps extends Ops {
  /**
   * Starts recording on the calling thread until the result is closed. Outside a recording nothing
   * is remembered for gradients, and parameters read as constants.
   */
  Recording record();

  /** True while the calling thread records. */
  boolean recording();

  /**
   * Seeds dropout and DropKey. The masks drawn afterwards depend only on the seed, the sequence of
   * operations and the device, so seeding every step from (run seed, step) makes a resumed run
   * equal to an uninterrupted one bit for bit. The generator is the process's: one trainer at a
   * time.
   */
  void seed(long seed);

  /** Zeroes elements with probability p and divides the rest by 1 − p. */
  Tensor dropout(Tensor x, double p);

  /**
   * A contiguous FLOAT vector of trainable parameters, with gradient, owned by the caller until
   * closed.
   */
  ParameterBlock parameters(float[] initial);

  /** target ← (1 − momentum)·target + momentum·value, in place, outside any gradient. */
  void blend(Tensor target, Tensor value, double momentum);

  /** The same values cut off from the gradient. */
  Tensor detach(Tensor x);

  /**
   * Accumulates ∂loss/∂θ into every {@link ParameterBlock} that took part since the recording
   * began.
   */
  void backward(Tensor loss);

  /**
   * Accumulates Σ seedᵢ·∂outputᵢ/∂θ: backward from a non-scalar output with a given gradient of the
   * same shape, as gradient caching over micro-batches needs.
   */
  void backward(Tensor output, Tensor outputGradient);
}
