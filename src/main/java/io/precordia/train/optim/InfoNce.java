package io.precordia.train.optim;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Symmetric in-batch InfoNCE (MoRE's objective, specification 1.6). Row i of one side belongs to
 * row i of the other; every other row is a negative, unless it carries the same group id (the same
 * patient or the same sentence): such rows are left out of the denominator.
 *
 * <p>τ is exp of a trained scalar, limited to [{@value #MIN_TEMPERATURE}, {@value
 * #MAX_TEMPERATURE}].
 */
public final class InfoNce implements PairLoss {
  public static final double MIN_TEMPERATURE = 0.005;
  public static final double MAX_TEMPERATURE = 1.0;

  private final Ops ops;
  private final Tensor inverseTemperature;

  /**
   * @param logTemperature ln τ, [1]; make a new loss object in every recording
   */
  public InfoNce(Ops ops, Tensor logTemperature) {
    this.ops = ops;
    Tensor limited =
        ops.clamp(logTemperature, Math.log(MIN_TEMPERATURE), Math.log(MAX_TEMPERATURE));
    this.inverseTemperature = ops.exp(ops.affine(limited, -1, 0));
  }

  /**
   * ½[ℓ(a→b) + ℓ(b→a)].
   *
   * @param a [n, d], need not be normalised
   * @param b [n, d], need not be normalised
   * @param groups group id of each pair, negative for a pair without group; null for no groups
   * @return a scalar
   */
  public Tensor symmetric(Tensor a, Tensor b, long @Nullable [] groups) {
    return ofSimilarity(ops.matmul(ops.l2Normalize(a), ops.l2Normalize(b), true), groups);
  }

  /**
   * The same where negatives are chosen pair by pair: row i of a and row j of b are left out of
   * each other's denominators where {@code excluded} is 1.
   *
   * @param excluded [n·n], row i of a, column j of b; the diagonal must be 0
   */
  @Override
  public Tensor masked(Tensor a, Tensor b, float[] excluded) {
    int n = Math.toIntExact(a.size(0));
    Tensor similarity = ops.matmul(ops.l2Normalize(a), ops.l2Normalize(b), true);
    Tensor logits = ops.multiply(similarity, inverseTemperature);
    Tensor targets = ops.upload(IntStream.range(0, n).toArray(), n);
    Tensor mask = ops.upload(excluded, n, n);
    Tensor forward = ops.crossEntropy(logits, targets, mask);
    Tensor backward = ops.crossEntropy(ops.permute(logits, 1, 0), targets, ops.permute(mask, 1, 0));
    return ops.affine(ops.add(forward, backward), 0.5, 0);
  }

  /** The same from cosine similarities [n, n], a along rows. */
  public Tensor ofSimilarity(Tensor similarity, long @Nullable [] groups) {
    int n = Math.toIntExact(similarity.size(0));
    Tensor logits = ops.multiply(similarity, inverseTemperature);
    Tensor targets = ops.upload(IntStream.range(0, n).toArray(), n);
    float @Nullable [] same = groups == null ? null : excluded(groups);
    Tensor excluded = same == null ? null : ops.upload(same, n, n);
    Tensor forward = ops.crossEntropy(logits, targets, excluded);
    Tensor backward = ops.crossEntropy(ops.permute(logits, 1, 0), targets, excluded);
    return ops.affine(ops.add(forward, backward), 0.5, 0);
  }

  /**
   * MoRE's loss with the report as anchor, ½[ℓ(t→x) + ℓ(x→t)] + ½[ℓ(t→e) + ℓ(e→t)], plus {@code
   * xrayEcgWeight} times the symmetric X-ray–ECG term, for rows that have all three.
   *
   * @param xrayEcgWeight 0 for the paper's objective
   */
  public Tensor anchored(
      Tensor xray, Tensor ecg, Tensor report, double xrayEcgWeight, long @Nullable [] groups) {
    Tensor loss = ops.add(symmetric(report, xray, groups), symmetric(report, ecg, groups));
    return xrayEcgWeight == 0
        ? loss
        : ops.add(loss, ops.affine(symmetric(xray, ecg, groups), xrayEcgWeight, 0));
  }

  /** 1 where another row has the same group, else 0; null if no row is excluded. */
  private static float @Nullable [] excluded(long[] groups) {
    int n = groups.length;
    float[] out = new float[n * n];
    boolean any = false;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j && groups[i] >= 0 && groups[i] == groups[j]) {
          out[i * n + j] = 1;
          any = true;
        }
      }
    }
    return any ? out : null;
  }
}
