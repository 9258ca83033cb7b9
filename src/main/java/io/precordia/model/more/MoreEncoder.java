package io.precordia.model.more;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import io.precordia.model.BankedAdapters;
import io.precordia.model.RoutingListener;
import io.precordia.model.explain.ExplainableEncoder;
import io.precordia.model.explain.Explainer;
import io.precordia.model.explain.Explanation;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.Query;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.Parameters;
import io.precordia.study.Content;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import io.precordia.study.Report;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Ops;
import io.precordia.weights.Checksums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A MoRE model ready to embed. Weights are uploaded once; calls from any number of threads share
 * them. Adapters come from a bank over pages of host memory; one batch mixes any of them and none.
 */
public final class MoreEncoder implements AdaptableEncoder, ExplainableEncoder {
  private static final String PREPROCESSING = "preprocessing.json";

  private final MoreModel model;
  private final ModelRef ref;
  private final MoreInputs inputs;
  private final Ops ops;
  private final Parameters parameters;
  private final BankedAdapters adapters;
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
    this.parameters = new FrozenParameters(ops, weights);
    this.adapters = new BankedAdapters(ops, parameters, model.parameters(), name -> name);
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
  public int tokens(Modality modality, Object item) {
    return switch (modality) {
      case XRAY -> model.xrayTokens();
      case ECG -> model.ecgTokens();
      case REPORT -> inputs.text().ids((String) item, model.config().text().maxTokens()).length;
    };
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    return embed(Modality.XRAY, images, none(images), RoutingListener.NONE);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return embed(Modality.ECG, windows, none(windows), RoutingListener.NONE);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return embed(Modality.REPORT, texts, none(texts), RoutingListener.NONE);
  }

  @Override
  @SuppressWarnings("unchecked") // the interface says what the items of a modality are
  public float[][] embed(
      Modality modality, List<?> items, List<@Nullable String> adapters, RoutingListener routing) {
    return switch (modality) {
      case XRAY -> embed(modality, (List<Pixels>) items, adapters, routing, this::xrays);
      case ECG -> embed(modality, (List<Ecg>) items, adapters, routing, this::ecgs);
      case REPORT -> embed(modality, (List<String>) items, adapters, routing, this::texts);
    };
  }

  private <T> float[][] embed(
      Modality modality,
      List<T> items,
      List<@Nullable String> rows,
      RoutingListener routing,
      Function<List<T>, MoreBatch> batch) {
    return adapters.embed(
        items,
        rows,
        dimension(),
        routing,
        new BankedAdapters.Pass<>(
            (f, chunk) -> ops.l2Normalize(model.forward(f, batch.apply(chunk)).of(modality)),
            (f, chunk) -> model.states(f, batch.apply(chunk)),
            item -> modality == Modality.REPORT ? tokens(modality, item) : Integer.MAX_VALUE));
  }

  @Override
  public Explanation explain(
      Content content, Query query, ExplanationMethod method, @Nullable String adapter) {
    if (!(ops instanceof DifferentiableOps differentiable)) {
      throw new PrecordiaException(
          ErrorCode.NOT_EXPLAINABLE, "the backend " + ops.device() + " gives no gradients");
    }
    return adapters.under(
        adapter,
        hooks -> explain(new Explainer(differentiable, parameters, hooks), content, query, method));
  }

  private Explanation explain(
      Explainer explainer, Content content, Query query, ExplanationMethod method) {
    MoreConfig.Ecg e = model.config().ecg();
    return switch (content) {
      case Pixels image ->
          explainer.xray(model.xrayBranch(), inputs.xray().apply(image), query, method);
      case Ecg window ->
          explainer.ecg(
              model.ecgBranch(),
              inputs.ecg().apply(window),
              e.samples() / MoreConfig.Ecg.SECONDS,
              query,
              method);
      case Report report ->
          throw new PrecordiaException(
              ErrorCode.UNSUPPORTED_MODALITY,
              "radiographs and ECGs are explained, reports are not");
    };
  }

  @Override
  public AdapterSummary inspect(Path folder) {
    return adapters.inspect(folder);
  }

  @Override
  public void register(String sha256, Path folder) {
    adapters.register(sha256, folder);
  }

  @Override
  public void compose(String id, List<AdapterShare> shares) {
    adapters.compose(id, shares);
  }

  @Override
  public void unregister(String sha256) {
    adapters.unregister(sha256);
  }

  @Override
  public boolean resident(String sha256) {
    return adapters.resident(sha256);
  }

  private static List<@Nullable String> none(List<?> items) {
    return Collections.nCopies(items.size(), null);
  }

  private MoreBatch xrays(List<Pixels> images) {
    int size = model.config().xray().image() * model.config().xray().image();
    return MoreBatch.empty().withXrays(joined(images, inputs.xray(), size));
  }

  private MoreBatch ecgs(List<Ecg> windows) {
    int size = model.config().ecg().leads() * model.config().ecg().samples();
    return MoreBatch.empty().withEcgs(joined(windows, inputs.ecg(), size));
  }

  private MoreBatch texts(List<String> texts) {
    int longest = model.config().text().maxTokens();
    return MoreBatch.empty()
        .withReports(texts.stream().map(t -> inputs.text().ids(t, longest)).toArray(int[][]::new));
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
