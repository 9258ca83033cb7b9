package io.precordia.model.more;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterSummary;
import io.precordia.model.Embeddings;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.Parameters;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.weights.Checksums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A MoRE model ready to embed. Weights are uploaded once; calls from any number of threads share
 * them. Adapters come from a bank over pages of host memory; one batch mixes any of them and none.
 */
public final class MoreEncoder implements AdaptableEncoder {
  /**
   * Rows of one forward pass: bounds memory for long lists, and larger batches gain nothing on a
   * CPU.
   */
  private static final int CHUNK = 32;

  /** Compute memory for adapters, taken as it is used, and host memory behind it. */
  private static final long ADAPTER_BYTES = 256L << 20;

  private static final int PAGE = 1024;
  private static final String OWN = "own";
  private static final String PREPROCESSING = "preprocessing.json";

  private final MoreModel model;
  private final ModelRef ref;
  private final MoreInputs inputs;
  private final Ops ops;
  private final Parameters parameters;
  private final List<ParameterSpec> declared;
  private final AdapterBank bank;
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
    this.declared = model.parameters();
    this.bank =
        new AdapterBank(
            declared,
            new HostPages(PAGE, Math.toIntExact(ADAPTER_BYTES / Float.BYTES / PAGE)),
            ADAPTER_BYTES);
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
    return xrays(images, none(images));
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return ecgs(windows, none(windows));
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return texts(texts, none(texts));
  }

  @Override
  @SuppressWarnings("unchecked") // the interface says what the items of a modality are
  public float[][] embed(Modality modality, List<?> items, List<@Nullable String> adapters) {
    List<Optional<AdapterKey>> rows =
        adapters.stream().map(a -> Optional.ofNullable(a).map(MoreEncoder::key)).toList();
    return switch (modality) {
      case XRAY -> xrays((List<Pixels>) items, rows);
      case ECG -> ecgs((List<Ecg>) items, rows);
      case REPORT -> texts((List<String>) items, rows);
    };
  }

  @Override
  public AdapterSummary inspect(Path folder) {
    PeftAdapter adapter = PeftFolder.read(folder, declared, name -> name);
    LowRankAdapter lowRank = adapter.lowRank();
    return new AdapterSummary(
        "lora",
        lowRank.sites().stream().mapToInt(LowRankSite::rank).max().orElse(0),
        lowRank.sites().stream().map(LowRankSite::path).toList(),
        lowRank.sites().stream().mapToLong(LowRankSite::count).sum());
  }

  @Override
  public void register(String sha256, Path folder) {
    if (!bank.keys().contains(key(sha256))) {
      bank.register(key(sha256), PeftFolder.source(folder, declared, name -> name));
    }
  }

  @Override
  public void unregister(String sha256) {
    if (bank.keys().contains(key(sha256))) {
      bank.remove(key(sha256));
    }
  }

  @Override
  public boolean resident(String sha256) {
    return bank.keys().contains(key(sha256)) && bank.resident(key(sha256));
  }

  private static AdapterKey key(String sha256) {
    return new AdapterKey(OWN, sha256);
  }

  private static List<Optional<AdapterKey>> none(List<?> items) {
    return Collections.nCopies(items.size(), Optional.empty());
  }

  private float[][] xrays(List<Pixels> images, List<Optional<AdapterKey>> rows) {
    int size = model.config().xray().image() * model.config().xray().image();
    return chunked(
        images,
        rows,
        (f, chunk) ->
            model
                .forward(f, MoreBatch.empty().withXrays(joined(chunk, inputs.xray(), size)))
                .xray());
  }

  private float[][] ecgs(List<Ecg> windows, List<Optional<AdapterKey>> rows) {
    int size = model.config().ecg().leads() * model.config().ecg().samples();
    return chunked(
        windows,
        rows,
        (f, chunk) ->
            model.forward(f, MoreBatch.empty().withEcgs(joined(chunk, inputs.ecg(), size))).ecg());
  }

  private float[][] texts(List<String> texts, List<Optional<AdapterKey>> rows) {
    int longest = model.config().text().maxTokens();
    return chunked(
        texts,
        rows,
        (f, chunk) -> {
          int[][] ids =
              chunk.stream().map(t -> inputs.text().ids(t, longest)).toArray(int[][]::new);
          return model.forward(f, MoreBatch.empty().withReports(ids)).report();
        });
  }

  /** Embeds some inputs in one pass. */
  @FunctionalInterface
  private interface Pass<T> {
    @Nullable Tensor heads(Forward forward, List<T> inputs);
  }

  private <T> float[][] chunked(List<T> all, List<Optional<AdapterKey>> adapters, Pass<T> pass) {
    List<float[]> out = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += CHUNK) {
      int to = Math.min(all.size(), from + CHUNK);
      List<Optional<AdapterKey>> rows = adapters.subList(from, to);
      try (Scope scope = ops.scope()) {
        if (rows.stream().allMatch(Optional::isEmpty)) {
          run(all.subList(from, to), Adapters.NONE, pass, out);
        } else {
          try (AdapterBatch batch = bank.batch(ops, rows)) {
            run(all.subList(from, to), batch.hooks(), pass, out);
          }
        }
      }
    }
    return out.toArray(float[][]::new);
  }

  private <T> void run(List<T> chunk, Adapters adapters, Pass<T> pass, List<float[]> out) {
    Tensor heads = pass.heads(Forward.evaluation(ops, parameters, adapters), chunk);
    float[] values = ops.download(ops.l2Normalize(Objects.requireNonNull(heads)));
    out.addAll(Embeddings.rows(values, dimension()));
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
