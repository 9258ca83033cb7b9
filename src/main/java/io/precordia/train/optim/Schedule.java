package io.precordia.train.optim;

/** Learning rate as a function of the step (or epoch, whichever the caller counts), from 0. */
public sealed interface Schedule {
  double rate(double step);

  /** Always the same. */
  record Constant(double peak) implements Schedule {
    @Override
    public double rate(double step) {
      return peak;
    }
  }

  /**
   * Linear from 0 to {@code peak} over {@code warmup} steps (the first step already above 0), then
   * half a cosine down to {@code floor} at {@code total}, which is kept afterwards.
   */
  record WarmupCosine(double peak, double floor, long warmup, long total) implements Schedule {
    public WarmupCosine {
      if (warmup < 0 || total <= warmup) {
        throw new IllegalArgumentException("schedule: total steps must exceed the warm-up");
      }
    }

    @Override
    public double rate(double step) {
      if (step < warmup) {
        return peak * (step + 1) / warmup;
      }
      double done = Math.min(1, (step - warmup) / (total - warmup));
      return floor + (peak - floor) * (1 + Math.cos(Math.PI * done)) / 2;
    }
  }

  /**
   * Cosine annealing with warm restarts (Loshchilov and Hutter 2017): periods of {@code first},
   * first·factor, first·factor² … steps.
   */
  record CosineRestarts(double peak, double floor, double first, double factor)
      implements Schedule {
    public CosineRestarts {
      if (!(first > 0 && factor >= 1)) {
        throw new IllegalArgumentException("schedule: first period above 0 and factor at least 1");
      }
    }

    @Override
    public double rate(double step) {
      double at = step;
      double period = first;
      if (factor == 1) {
        at = step % first;
      }
      while (at >= period) {
        at -= period;
        period *= factor;
      }
      return floor + (peak - floor) * (1 + Math.cos(Math.PI * at / period)) / 2;
    }
  }
}
