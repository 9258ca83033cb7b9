package io.precordia.model;

import io.precordia.adapter.Adaptation;
import io.precordia.adapter.Dora;
import io.precordia.adapter.Ia3;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.GivenWeights;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.bank.LayerChange;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.adapter.bank.RoutedChange;
import io.precordia.adapter.bank.RoutingTally;
import io.precordia.adapter.compose.SummedSource;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.adapter.router.Router;
import io.precordia.adapter.router.RouterFolder;
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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private final Set<String> declaredNames;
  private final UnaryOperator<String> names;
  private final AdapterBank bank;
  private final Map<String, AdapterSource> sources = new ConcurrentHashMap<>();
  private final Map<String, Router> routers = new ConcurrentHashMap<>();

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
    this.declaredNames =
        this.declared.stream().map(ParameterSpec::name).collect(Collectors.toUnmodifiableSet());
    this.names = names;
    this.bank =
        new AdapterBank(
            this.declared, new HostPages(PAGE, Math.toIntExact(BYTES / Float.BYTES / PAGE)), BYTES);
  }

  /**
   * How inputs become vectors.
   *
   * @param vectors unit vectors of some inputs in one pass [n, dimension]
   * @param states last states of the tower that takes them [n, positions, width]
   * @param positions real positions of one input in those states; those behind are padding
   */
  public record Pass<T>(
      BiFunction<Forward, List<T>, Tensor> vectors,
      BiFunction<Forward, List<T>, Tensor> states,
      ToIntFunction<T> positions) {}

  /** See {@link AdaptableEncoder#inspect}. */
  public AdapterSummary inspect(Path folder) {
    if (RouterFolder.is(folder)) {
      Router router = router(folder);
      router.source().load();
      return summary(router.config().method(), router.source(), router.ownParameters());
    }
    AdapterSource source = source(folder);
    source.load();
    Adaptation method = PeftFolder.read(folder, declared, names).adaptation();
    return summary(
        method instanceof Dora ? "dora" : method instanceof Ia3 ? "ia3" : "lora", source, 0);
  }

  private static AdapterSummary summary(String method, AdapterSource source, long more) {
    List<ModuleChange> changes = source.changes();
    return new AdapterSummary(
        method,
        changes.stream().mapToInt(BankedAdapters::rank).max().orElse(0),
        changes.stream().map(ModuleChange::path).toList(),
        more + changes.stream().mapToLong(ModuleChange::count).sum());
  }

  private static int rank(ModuleChange change) {
    return switch (change) {
      case LinearChange linear -> linear.rank();
      case RoutedChange routed -> routed.factors().rank();
      case LayerChange layer -> 0;
    };
  }

  private AdapterSource source(Path folder) {
    return PeftFolder.source(folder, declared, names, this::baseValues);
  }

  private Router router(Path folder) {
    return RouterFolder.read(folder, declared, names, this::registered);
  }

  private float[] baseValues(String name) {
    try (Scope scope = ops.scope()) {
      return ops.download(parameters.get(name));
    }
  }

  /** See {@link AdaptableEncoder#register}. */
  public void register(String sha256, Path folder) {
    if (known(sha256)) {
      return;
    }
    if (RouterFolder.is(folder)) {
      Router router = router(folder);
      add(sha256, router.source());
      routers.put(sha256, router);
    } else {
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
          SummedSource.of(
              shares.stream()
                  .map(s -> new SummedSource.Summand(registered(s.sha256()), s.weight()))
                  .toList(),
              declaredNames,
              this::baseValues));
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
    routers.remove(id);
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

  /** {@link #under(String, RoutingListener, Function)} for who does not ask what was chosen. */
  public <R> R under(@Nullable String adapter, Function<Adapters, R> work) {
    return under(adapter, RoutingListener.NONE, work);
  }

  /**
   * Does something with passes of one row.
   *
   * @param adapter its id, null for none
   * @param routing told of the row 0 at the end, if a router's members changed anything
   * @throws PrecordiaException INVALID_ARGUMENT for a router that makes a first pass
   */
  public <R> R under(
      @Nullable String adapter, RoutingListener routing, Function<Adapters, R> work) {
    if (adapter == null) {
      return work.apply(Adapters.NONE);
    }
    Router router = routers.get(adapter);
    if (router != null && router.looksFirst()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a router of X-LoRA looks at its input twice, which is not possible here; ask one of its"
              + " adapters");
    }
    RoutingTally tally = new RoutingTally(List.of(Integer.MAX_VALUE));
    try (Scope scope = ops.scope();
        AdapterBatch batch = bank.batch(ops, List.of(Optional.of(key(adapter))), Map.of(), tally)) {
      R result = work.apply(batch.hooks());
      double @Nullable [] shares = tally.shares(0);
      if (shares != null) {
        routing.routed(0, shares);
      }
      return result;
    }
  }

  /**
   * Embeds any number of inputs, each with its adapter.
   *
   * @param adapters id for each input, null for none
   * @param routing learns how strongly routers used their members
   */
  public <T> float[][] embed(
      List<T> all,
      List<@Nullable String> adapters,
      int dimension,
      RoutingListener routing,
      Pass<T> pass) {
    List<float[]> out = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += CHUNK) {
      int to = Math.min(all.size(), from + CHUNK);
      List<T> chunk = all.subList(from, to);
      List<@Nullable String> rows = adapters.subList(from, to);
      try (Scope scope = ops.scope()) {
        out.addAll(
            rows.stream().allMatch(Objects::isNull)
                ? run(chunk, Adapters.NONE, dimension, pass)
                : adapted(chunk, rows, from, dimension, routing, pass));
      }
    }
    return out.toArray(float[][]::new);
  }

  private <T> List<float[]> adapted(
      List<T> chunk,
      List<@Nullable String> rows,
      int from,
      int dimension,
      RoutingListener routing,
      Pass<T> pass) {
    List<Optional<AdapterKey>> keys =
        rows.stream().map(a -> Optional.ofNullable(a).map(BankedAdapters::key)).toList();
    RoutingTally tally =
        new RoutingTally(chunk.stream().map(pass.positions()::applyAsInt).toList());
    try (AdapterBatch batch = bank.batch(ops, keys, given(chunk, rows, pass), tally)) {
      List<float[]> out = run(chunk, batch.hooks(), dimension, pass);
      for (int i = 0; i < chunk.size(); i++) {
        double @Nullable [] shares = tally.shares(i);
        if (shares != null) {
          routing.routed(from + i, shares);
        }
      }
      return out;
    }
  }

  /** Weights of the routers that look at the rows in a first pass. */
  private <T> Map<AdapterKey, GivenWeights> given(
      List<T> chunk, List<@Nullable String> rows, Pass<T> pass) {
    Map<AdapterKey, GivenWeights> out = new HashMap<>();
    for (String id : new LinkedHashSet<>(rows)) {
      Router router = id == null ? null : routers.get(id);
      if (router != null && router.looksFirst()) {
        int[] own =
            IntStream.range(0, rows.size()).filter(i -> router(rows, i).equals(id)).toArray();
        out.put(
            key(id),
            router.given(
                () ->
                    ops.gatherRows(
                        pass.states()
                            .apply(Forward.evaluation(ops, parameters, Adapters.NONE), chunk),
                        ops.upload(own, own.length))));
      }
    }
    return out;
  }

  private static String router(List<@Nullable String> rows, int row) {
    String id = rows.get(row);
    return id == null ? "" : id;
  }

  private <T> List<float[]> run(List<T> chunk, Adapters adapters, int dimension, Pass<T> pass) {
    Tensor vectors = pass.vectors().apply(Forward.evaluation(ops, parameters, adapters), chunk);
    return Embeddings.rows(ops.download(vectors), dimension);
  }
}
