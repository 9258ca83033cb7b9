package io.precordia.train.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS (Liu and Nocedal 1989) with a backtracking line search, for smooth convex
 * functions.
 */
final class Lbfgs {
  private static final int MEMORY = 8;
  private static final double ARMIJO = 1e-4;
  private static final int HALVINGS = 30;

  private Lbfgs() {}

  /** A function with its gradient. */
  @FunctionalInterface
  interface Objective {
    /**
     * @param gradient overwritten by the gradient at {@code x}
     */
    double at(double[] x, double[] gradient);
  }

  private record Pair(double[] s, double[] y, double rho) {}

  /**
   * Minimises from {@code start} until the largest gradient component is below {@code tolerance}.
   */
  static double[] minimise(Objective f, double[] start, int iterations, double tolerance) {
    int n = start.length;
    double[] x = start.clone();
    double[] g = new double[n];
    double value = f.at(x, g);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int i = 0; i < iterations && largest(g) > tolerance; i++) {
      double[] direction = direction(g, pairs);
      double slope = dot(direction, g);
      double step = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(g, g))) : 1;
      double[] next = new double[n];
      double[] nextGradient = new double[n];
      double nextValue = Double.NaN;
      for (int h = 0; h < HALVINGS; h++) {
        for (int j = 0; j < n; j++) {
          next[j] = x[j] + step * direction[j];
        }
        nextValue = f.at(next, nextGradient);
        if (nextValue <= value + ARMIJO * step * slope) {
          break;
        }
        step /= 2;
      }
      if (!(nextValue < value)) {
        break;
      }
      double[] s = minus(next, x);
      double[] y = minus(nextGradient, g);
      double curvature = dot(s, y);
      if (curvature > 1e-14) {
        pairs.addLast(new Pair(s, y, 1 / curvature));
        if (pairs.size() > MEMORY) {
          pairs.removeFirst();
        }
      }
      x = next;
      g = nextGradient;
      value = nextValue;
    }
    return x;
  }

  /** The two-loop recursion. */
  private static double[] direction(double[] g, Deque<Pair> pairs) {
    double[] q = g.clone();
    double[] alpha = new double[pairs.size()];
    int at = pairs.size();
    for (Iterator<Pair> it = pairs.descendingIterator(); it.hasNext(); ) {
      Pair p = it.next();
      alpha[--at] = p.rho * dot(p.s, q);
      add(q, -alpha[at], p.y);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      double scale = 1 / (last.rho * dot(last.y, last.y));
      for (int j = 0; j < q.length; j++) {
        q[j] *= scale;
      }
    }
    for (Pair p : pairs) {
      add(q, alpha[at++] - p.rho * dot(p.y, q), p.s);
    }
    for (int j = 0; j < q.length; j++) {
      q[j] = -q[j];
    }
    return q;
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int j = 0; j < to.length; j++) {
      to[j] += factor * what[j];
    }
  }

  private static double[] minus(double[] a, double[] b) {
    double[] out = new double[a.length];
    for (int j = 0; j < out.length; j++) {
      out[j] = a[j] - b[j];
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static double largest(double[] g) {
    double out = 0;
    for (double v : g) {
      out = Math.max(out, Math.abs(v));
    }
    return out;
  }
}
