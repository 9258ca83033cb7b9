package io.precordia.model;

import io.precordia.adapter.Adaptation;
import io.precordia.adapter.Dora;
import io.precordia.adapter.Ia3;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.adapter.compose.StackedSource;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.Parameters;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The adapters of one encoder's base in a bank over pages of host memory, and passes in which any
 * of them and none are mixed row by row. Thread-safe.
 */
public final class BankedAdapters {
  /**
   * Rows of one forward pass: bounds memory for long lists, and larger batches gain nothing on a
   * CPU.
   */
  private static final int CHUNK = 32;

  /** Compute memory for adapters, taken as it is used, and host memory behind it. */
  private static final long BYTES = 256L << 20;

  private static final int PAGE = 1024;
  private static final String OWN = "own";

  private final Ops ops;
  private final Parameters parameters;
  private final List<ParameterSpec> declared;
  private final UnaryOperator<String> names;
  private final AdapterBank bank;
  private final Map<String, AdapterSource> sources = new ConcurrentHashMap<>();

  /**
   * @param names module name in a PEFT folder to path in the base
   */
  public BankedAdapters(
      Ops ops,
      Parameters parameters,
      Collection<ParameterSpec> declared,
      UnaryOperator<String> names) {
    this.ops = ops;
    this.parameters = parameters;
    this.declared = List.copyOf(declared);
    this.names = names;
    this.bank =
        new AdapterBank(
            this.declared, new HostPages(PAGE, Math.toIntExact(BYTES / Float.BYTES / PAGE)), BYTES);
  }

  /** Computes unit vectors of some inputs in one pass. */
  @FunctionalInterface
  public interface Pass<T> {
    /** [n, dimension]. */
    Tensor vectors(Forward forward, List<T> inputs);
  }

  /** See {@link AdaptableEncoder#inspect}. */
  public AdapterSummary inspect(Path folder) {
    AdapterSource source = source(folder);
    source.load();
    Adaptation method = PeftFolder.read(folder, declared, names).adaptation();
    List<ModuleChange> changes = source.changes();
    return new AdapterSummary(
        method instanceof Dora ? "dora" : method instanceof Ia3 ? "ia3" : "lora",
        changes.stream().mapToInt(c -> c instanceof LinearChange l ? l.rank() : 0).max().orElse(0),
        changes.stream().map(ModuleChange::path).toList(),
        changes.stream().mapToLong(ModuleChange::count).sum());
  }

  private AdapterSource source(Path folder) {
    return PeftFolder.source(folder, declared, names, this::baseValues);
  }

  private float[] baseValues(String name) {
    try (Scope scope = ops.scope()) {
      return ops.download(parameters.get(name));
    }
  }

  /** See {@link AdaptableEncoder#register}. */
  public void register(String sha256, Path folder) {
    if (!known(sha256)) {
      add(sha256, source(folder));
    }
  }

  private void add(String id, AdapterSource source) {
    bank.register(key(id), source);
    sources.put(id, source);
  }

  /** See {@link AdaptableEncoder#compose}. */
  public void compose(String id, List<AdapterShare> shares) {
    if (!known(id)) {
      add(
          id,
          StackedSource.of(
              shares.stream()
                  .map(s -> new StackedSource.Part(registered(s.sha256()), s.weight()))
                  .toList()));
    }
  }

  private AdapterSource registered(String sha256) {
    AdapterSource source = sources.get(sha256);
    if (source == null) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "there is no adapter " + sha256);
    }
    return source;
  }

  /** See {@link AdaptableEncoder#unregister}. */
  public void unregister(String id) {
    sources.remove(id);
    if (known(id)) {
      bank.remove(key(id));
    }
  }

  /** See {@link AdaptableEncoder#resident}. */
  public boolean resident(String id) {
    return known(id) && bank.resident(key(id));
  }

  private boolean known(String id) {
    return bank.keys().contains(key(id));
  }

  private static AdapterKey key(String id) {
    return new AdapterKey(OWN, id);
  }

  /**
   * Does something with a pass of one row.
   *
   * @param adapter its id, null for none
   */
  public <R> R under(@Nullable String adapter, Function<Adapters, R> work) {
    if (adapter == null) {
      return work.apply(Adapters.NONE);
    }
    try (Scope scope = ops.scope();
        AdapterBatch batch = bank.batch(ops, List.of(Optional.of(key(adapter))))) {
      return work.apply(batch.hooks());
    }
  }

  /**
   * Embeds any number of inputs, each with its adapter.
   *
   * @param adapters id for each input, null for none
   */
  public <T> float[][] embed(
      List<T> all, List<@Nullable String> adapters, int dimension, Pass<T> pass) {
    List<float[]> out = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += CHUNK) {
      int to = Math.min(all.size(), from + CHUNK);
      List<T> chunk = all.subList(from, to);
      List<@Nullable String> rows = adapters.subList(from, to);
      try (Scope scope = ops.scope()) {
        if (rows.stream().allMatch(Objects::isNull)) {
          out.addAll(run(chunk, Adapters.NONE, dimension, pass));
        } else {
          List<Optional<AdapterKey>> keys =
              rows.stream().map(a -> Optional.ofNullable(a).map(BankedAdapters::key)).toList();
          try (AdapterBatch batch = bank.batch(ops, keys)) {
            out.addAll(run(chunk, batch.hooks(), dimension, pass));
          }
        }
      }
    }
    return out.toArray(float[][]::new);
  }

  private <T> List<float[]> run(List<T> chunk, Adapters adapters, int dimension, Pass<T> pass) {
    Tensor vectors = pass.vectors(Forward.evaluation(ops, parameters, adapters), chunk);
    return Embeddings.rows(ops.download(vectors), dimension);
  }
}
