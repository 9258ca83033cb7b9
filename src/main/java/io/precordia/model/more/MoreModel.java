package io.precordia.model.more;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.explain.Branch;
import io.precordia.nn.EcgTokenizer;
import io.precordia.nn.FineStem;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PatchEmbedding;
import io.precordia.nn.ProjectionHead;
import io.precordia.nn.TokenEncoder;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * MoRE (Thapa et al., arXiv 2410.16239): an X-ray ViT, an ECG transformer behind a convolutional
 * tokeniser, and a report transformer, each with a projection head into one space. Stateless and
 * thread-safe: weights come with the {@link Forward}.
 *
 * <p>Training, per step (see also {@code train.optim}):
 *
 * <pre>{@code
 * MoreModel model = new MoreModel(config);
 * ParameterGroups groups = ParameterGroups.standard(0.05, spec -> true);
 * ParameterSet start = ParameterSet.initial(model.parameters(), seed);
 * try (var weights = new TrainableParameters(ops, start, groups.assignment())) {
 *   AdamW optimizer = new AdamW(ops, weights, groups, AdamWConfig.standard());
 *   for (long step = 0; step < steps; step++) {
 *     ops.seed(StepSeed.of(seed, step));
 *     try (Scope scope = ops.scope()) {
 *       try (Recording recording = ops.record()) {
 *         weights.refresh();
 *         MoreEmbeddings e = model.forward(Forward.training(ops, weights, Adapters.NONE), batch);
 *         Tensor loss = new InfoNce(ops, weights.get(MoreModel.TEMPERATURE)).symmetric(e.of(REPORT), e.of(XRAY), groupIds);
 *         ops.backward(loss);
 *       }
 *       optimizer.step(schedule.rate(step));
 *     }
 *   }
 *   // evaluation: weights.refresh() outside a recording, then model.forward(Forward.evaluation(ops, weights, Adapters.NONE), batch)
 *   // checkpoint: weights.snapshot() and optimizer.state(); resume: weights.restore(...) and optimizer.restore(...)
 * }
 * }</pre>
 */
public final class MoreModel implements Layer {
  /** Name of the scalar ln τ [1]; training adds it to the optimiser, the loss clamps it. */
  public static final String TEMPERATURE = "log_temperature";

  private final MoreConfig config;
  private final PatchEmbedding patches;
  private final @Nullable FineStem stem;
  private final TokenEncoder xray;
  private final EcgTokenizer tokenizer;
  private final TokenEncoder ecg;
  private final ReportEncoder report;
  private final ProjectionHead xrayHead;
  private final ProjectionHead ecgHead;
  private final ProjectionHead reportHead;

  public MoreModel(MoreConfig config) {
    this.config = config;
    var x = config.xray();
    var e = config.ecg();
    this.patches =
        new PatchEmbedding(
            "xray.patch_embedding", x.channels(), x.image(), x.patch(), x.encoder().width());
    this.stem =
        x.stem() == 0
            ? null
            : new FineStem(
                "xray.fine_stem",
                x.channels(),
                x.image(),
                x.patch(),
                x.stem(),
                x.encoder().width());
    this.xray = new TokenEncoder("xray", patches.tokens(), x.encoder());
    this.tokenizer =
        new EcgTokenizer("ecg.tokenizer", e.leads(), e.samples(), e.middle(), e.encoder().width());
    this.ecg = new TokenEncoder("ecg", tokenizer.tokens(), e.encoder());
    this.report = new ReportEncoder(config.text());
    this.xrayHead = head("xray_projection", x.encoder().width());
    this.ecgHead = head("ecg_projection", e.encoder().width());
    this.reportHead = head("report_projection", config.text().encoder().width());
  }

  private ProjectionHead head(String path, int width) {
    return new ProjectionHead(path, width, width, config.projection());
  }

  public MoreConfig config() {
    return config;
  }

  /** Patches of a radiograph. */
  int xrayTokens() {
    return patches.tokens();
  }

  /** Tokens of an ECG window. */
  public int ecgTokens() {
    return tokenizer.tokens();
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    patches.declare(sink);
    if (stem != null) {
      stem.declare(sink);
    }
    xray.declare(sink);
    tokenizer.declare(sink);
    ecg.declare(sink);
    report.declare(sink);
    xrayHead.declare(sink);
    ecgHead.declare(sink);
    reportHead.declare(sink);
    sink.accept(
        new ParameterSpec(
            TEMPERATURE,
            new long[] {1},
            ParameterSpec.Role.SCALAR,
            new Initializer.Constant(StrictMath.log(config.temperature()))));
  }

  /**
   * Embeds whatever the batch holds.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if an array's length is no multiple of one input's
   *     size, or a report is empty, too long or holds an unknown id
   */
  public MoreEmbeddings forward(Forward f, MoreBatch batch) {
    return project(f, features(f, batch));
  }

  /**
   * Embeddings together with what the X-ray branch knows of each place.
   *
   * @param patches states of the radiographs' patches after the last norm [n, patches, width]
   */
  public record Placed(MoreEmbeddings embeddings, Tensor patches) {}

  /**
   * {@link #forward} of a batch with radiographs, with the states of their patches.
   *
   * @throws PrecordiaException INVALID_ARGUMENT as {@link #forward}
   */
  public Placed placed(Forward f, MoreBatch batch) {
    Tensor states = xray.states(f, tokens(f, repeated(f, images(f.ops(), batch))));
    long n = states.size(0);
    Tensor pooled = f.ops().reshape(f.ops().slice(states, 1, 0, 1), n, states.size(2));
    MoreEmbeddings others = features(f, batch.withoutXrays());
    MoreEmbeddings all = new MoreEmbeddings(pooled, others.ecg(), others.report());
    return new Placed(project(f, all), f.ops().slice(states, 1, 1, states.size(1)));
  }

  /**
   * Vectors of single patches in the shared space, by the head of the whole film with its running
   * statistics: [n, patches, width] to [n, patches, projection].
   */
  public Tensor patchVectors(Forward f, Tensor patches) {
    Tensor rows = f.ops().reshape(patches, -1, patches.size(2));
    Forward fixed = Forward.evaluation(f.ops(), f.parameters(), f.adapters());
    return f.ops()
        .reshape(
            xrayHead.apply(fixed, rows), patches.size(0), patches.size(1), config.projection());
  }

  /**
   * What the projection heads get: the class token's state of radiographs and ECGs, the mean state
   * of reports, [n, width of the encoder]. Linear probes use it beside the shared space.
   *
   * @throws PrecordiaException INVALID_ARGUMENT as {@link #forward}
   */
  public MoreEmbeddings features(Forward f, MoreBatch batch) {
    float[] ecgs = batch.ecgs();
    int[][] reports = batch.reports();
    boolean images = batch.xrayBytes() != null || batch.xrayValues() != null;
    return new MoreEmbeddings(
        images ? pooledXrays(f, images(f.ops(), batch)) : null,
        ecgs != null && ecgs.length > 0 ? pooledEcgs(f, ecgs) : null,
        reports != null && reports.length > 0 ? report.apply(f, reports) : null);
  }

  /**
   * The states of all tokens but the class token, behind the last norm: [n, tokens, width] of
   * radiographs and ECGs. Reports are left out.
   *
   * @throws PrecordiaException INVALID_ARGUMENT as {@link #forward}
   */
  public MoreEmbeddings tokenStates(Forward f, MoreBatch batch) {
    float[] ecgs = batch.ecgs();
    boolean images = batch.xrayBytes() != null || batch.xrayValues() != null;
    return new MoreEmbeddings(
        images
            ? behindClass(f, xray.states(f, tokens(f, repeated(f, images(f.ops(), batch)))))
            : null,
        ecgs != null && ecgs.length > 0 ? behindClass(f, ecg.states(f, signals(f, ecgs))) : null,
        null);
  }

  private static Tensor behindClass(Forward f, Tensor states) {
    return f.ops().slice(states, 1, 1, states.size(1));
  }

  /** Pooled features through the projection heads: [n, projection]. */
  public MoreEmbeddings project(Forward f, MoreEmbeddings features) {
    Tensor x = features.xray();
    Tensor e = features.ecg();
    Tensor t = features.report();
    return new MoreEmbeddings(
        x == null ? null : xrayHead.apply(f, x),
        e == null ? null : ecgHead.apply(f, e),
        t == null ? null : reportHead.apply(f, t));
  }

  /**
   * The X-ray branch for explanations: input [1, side, side], normalised grey.
   *
   * @see #ecgBranch
   */
  public Branch xrayBranch() {
    var x = config.xray();
    return new Branch(
        (f, grey) -> tokens(f, repeated(f, grey)),
        xray,
        xrayHead,
        new long[] {1, x.image(), x.image()});
  }

  /** The ECG branch for explanations: input [leads, samples]. */
  public Branch ecgBranch() {
    var e = config.ecg();
    return new Branch(tokenizer::apply, ecg, ecgHead, new long[] {e.leads(), e.samples()});
  }

  /** Normalised grey images [n, 1, side, side] to head outputs [n, projection]. */
  public Tensor xrays(Forward f, Tensor grey) {
    return xrayHead.apply(f, pooledXrays(f, grey));
  }

  private Tensor pooledXrays(Forward f, Tensor grey) {
    return xray.apply(f, tokens(f, repeated(f, grey)));
  }

  /**
   * Last states of the encoder that takes the batch's one modality [n, tokens, width].
   *
   * @throws PrecordiaException INVALID_ARGUMENT as {@link #forward}
   */
  Tensor states(Forward f, MoreBatch batch) {
    float[] ecgs = batch.ecgs();
    int[][] reports = batch.reports();
    if (ecgs != null && ecgs.length > 0) {
      return ecg.states(f, signals(f, ecgs));
    }
    return reports != null && reports.length > 0
        ? report.states(f, reports)
        : xray.states(f, tokens(f, repeated(f, images(f.ops(), batch))));
  }

  private Tensor repeated(Forward f, Tensor grey) {
    var x = config.xray();
    return x.channels() == 1
        ? grey
        : f.ops().broadcast(grey, grey.size(0), x.channels(), x.image(), x.image());
  }

  /** The patches' tokens, with what the fine stem adds to them. */
  private Tensor tokens(Forward f, Tensor images) {
    Tensor tokens = patches.apply(f, images);
    return stem == null ? tokens : f.ops().add(tokens, stem.apply(f, images));
  }

  private Tensor pooledEcgs(Forward f, float[] values) {
    return ecg.apply(f, signals(f, values));
  }

  private Tensor signals(Forward f, float[] values) {
    var e = config.ecg();
    int rows = rows(values.length, (long) e.leads() * e.samples(), "ECG");
    return tokenizer.apply(f, f.ops().upload(values, rows, e.leads(), e.samples()));
  }

  private Tensor images(Ops ops, MoreBatch batch) {
    var x = config.xray();
    long size = (long) x.image() * x.image();
    byte[] octets = batch.xrayBytes();
    if (octets != null) {
      Tensor raw = ops.upload(octets, rows(octets.length, size, "X-ray"), 1, x.image(), x.image());
      return ops.bytesToFloat(raw, 1 / (255 * x.deviation()), -x.mean() / x.deviation());
    }
    float[] values = java.util.Objects.requireNonNull(batch.xrayValues());
    return ops.upload(values, rows(values.length, size, "X-ray"), 1, x.image(), x.image());
  }

  private static int rows(int length, long one, String what) {
    if (length == 0 || length % one != 0) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          what + " input has " + length + " values, not a positive multiple of " + one);
    }
    return Math.toIntExact(length / one);
  }
}
