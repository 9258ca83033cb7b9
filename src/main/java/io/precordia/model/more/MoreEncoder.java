package io.precordia.model.more;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.study.Ecg;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.weights.Checksums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A MoRE model ready to embed. Weights are uploaded once; calls from any number of threads share
 * them.
 */
public final class MoreEncoder implements Encoder {
  /**
   * Rows of one forward pass: bounds memory for long lists, and larger batches gain nothing on a
   * CPU.
   */
  private static final int CHUNK = 32;

  private static final String PREPROCESSING = "preprocessing.json";

  private final MoreModel model;
  private final ModelRef ref;
  private final MoreInputs inputs;
  private final Ops ops;
  private final Forward forward;
  private final float temperature;

  /**
   * @param ops backend; closed with this encoder
   */
  public MoreEncoder(
      MoreModel model, ParameterSet weights, ModelRef ref, MoreInputs inputs, Ops ops) {
    this.model = model;
    this.ref = ref;
    this.inputs = inputs;
    this.ops = ops;
    this.forward = Forward.evaluation(ops, new FrozenParameters(ops, weights), Adapters.NONE);
    this.temperature = (float) Math.exp(weights.values(MoreModel.TEMPERATURE)[0]);
  }

  /**
   * Loads a model folder.
   *
   * @param ops backend; closed with the encoder
   * @throws PrecordiaException BAD_WEIGHTS if the folder is incomplete, its checksums (where it has
   *     a list) do not hold, or weights and configuration differ
   */
  public static MoreEncoder load(Path folder, MoreInputs inputs, Ops ops) {
    if (Files.exists(folder.resolve(Checksums.FILE))) {
      Checksums.verify(folder);
    }
    MoreFolder.Manifest manifest = MoreFolder.readConfig(folder);
    ParameterSet weights = MoreFolder.readWeights(folder, manifest.config());
    Path constants = folder.resolve(PREPROCESSING);
    String preprocessing = Files.exists(constants) ? Checksums.ofFile(constants) : "unspecified";
    ModelRef ref =
        new ModelRef(
            manifest.id(),
            manifest.version(),
            Checksums.ofFolder(folder),
            List.of(),
            preprocessing);
    return new MoreEncoder(new MoreModel(manifest.config()), weights, ref, inputs, ops);
  }

  @Override
  public ModelRef ref() {
    return ref;
  }

  @Override
  public int dimension() {
    return model.config().projection();
  }

  @Override
  public float temperature() {
    return temperature;
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    int size = model.config().xray().image() * model.config().xray().image();
    return chunked(
        images,
        chunk ->
            model
                .forward(forward, MoreBatch.empty().withXrays(joined(chunk, inputs.xray(), size)))
                .xray());
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    int size = model.config().ecg().leads() * model.config().ecg().samples();
    return chunked(
        windows,
        chunk ->
            model
                .forward(forward, MoreBatch.empty().withEcgs(joined(chunk, inputs.ecg(), size)))
                .ecg());
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    int longest = model.config().text().maxTokens();
    return chunked(
        texts,
        chunk -> {
          int[][] ids =
              chunk.stream().map(t -> inputs.text().ids(t, longest)).toArray(int[][]::new);
          return model.forward(forward, MoreBatch.empty().withReports(ids)).report();
        });
  }

  private <T> float[][] chunked(
      List<T> all, Function<List<T>, @org.jspecify.annotations.Nullable Tensor> embed) {
    List<float[]> out = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<T> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
      try (Scope scope = ops.scope()) {
        Tensor heads = java.util.Objects.requireNonNull(embed.apply(chunk));
        float[] values = ops.download(ops.l2Normalize(heads));
        for (int i = 0; i < chunk.size(); i++) {
          out.add(finite(Arrays.copyOfRange(values, i * dimension(), (i + 1) * dimension())));
        }
      }
    }
    return out.toArray(float[][]::new);
  }

  private static float[] finite(float[] vector) {
    for (float v : vector) {
      if (!Float.isFinite(v)) {
        throw new PrecordiaException(
            ErrorCode.NOT_FINITE, "the model input holds values that are not finite");
      }
    }
    return vector;
  }

  private static <T> float[] joined(List<T> items, Function<T, float[]> prepare, int size) {
    float[] out = new float[items.size() * size];
    for (int i = 0; i < items.size(); i++) {
      float[] one = prepare.apply(items.get(i));
      if (one.length != size) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT,
            "the model takes " + size + " values, preprocessing gave " + one.length);
      }
      System.arraycopy(one, 0, out, i * size, size);
    }
    return out;
  }

  @Override
  public void close() {
    ops.close();
  }
}
