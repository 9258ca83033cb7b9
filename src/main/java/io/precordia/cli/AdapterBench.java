package io.precordia.cli;

import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.DropKey;
import io.precordia.nn.EncoderConfig;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.Parameters;
import io.precordia.nn.PatchEmbedding;
import io.precordia.nn.TokenEncoder;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What adapters cost on a ViT-S (width 384, 12 blocks, 197 tokens) with random weights: a batch of
 * 32 with 32 different rank-16 adapters beside the same batch without, beside one pass for each
 * adapter from the same bank, and beside what a server without a bank does (read the adapter's
 * folder, merge it into the weights, one pass of one row, restore); then single requests under
 * Zipf(1.1) traffic over 2,000 adapters of rank 4 on disk, with room for 64 of them and with room
 * for all.
 */
final class AdapterBench implements Bench {
  private static final int WIDTH = 384;
  private static final int SIDE = 224;
  private static final int BATCH = 32;
  private static final int REGISTERED = 2000;
  private static final int RESIDENT = 64;

  /** Folders on disk; the 2,000 adapters share them, each with pages of its own. */
  private static final int FOLDERS = 50;

  private static final int MOST_BATCHES = 9;
  private static final double EXPONENT = 1.1;

  private final PatchEmbedding patches = new PatchEmbedding("patches", 3, SIDE, 16, WIDTH);
  private final TokenEncoder encoder =
      new TokenEncoder("vit", 196, EncoderConfig.vision(WIDTH, 12, 6, DropKey.OFF));

  @Override
  public String name() {
    return "adapters";
  }

  @Override
  public String about() {
    return "ViT-S, many LoRA adapters in one batch, and 2,000 of them under Zipf traffic";
  }

  @Override
  public Map<String, Object> run(BenchOptions options) throws IOException {
    List<ParameterSpec> base = new ArrayList<>(patches.parameters());
    base.addAll(encoder.parameters());
    Map<String, Object> figures = new LinkedHashMap<>();
    try (Ops ops = DjlOps.cpu()) {
      FrozenParameters weights = new FrozenParameters(ops, ParameterSet.initial(base, 1));
      mixed(ops, weights, base, Math.min(options.rounds(), MOST_BATCHES), figures);
      residency(ops, weights, base, options.rounds(), figures);
    }
    return figures;
  }

  private void mixed(
      Ops ops,
      FrozenParameters weights,
      List<ParameterSpec> base,
      int rounds,
      Map<String, Object> figures)
      throws IOException {
    Path folder = Files.createTempDirectory("precordia-bench");
    try {
      List<Path> folders = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        folders.add(written(folder.resolve("a" + i), adapter(base, 16, i)));
      }
      mixed(ops, weights, base, folders, rounds, figures);
    } finally {
      StartupBench.delete(folder);
    }
  }

  private static Path written(Path folder, LowRankAdapter adapter) {
    PeftFolder.write(folder, PeftAdapter.of(adapter.adaptation(), adapter.values()), name -> name);
    return folder;
  }

  private void mixed(
      Ops ops,
      FrozenParameters weights,
      List<ParameterSpec> base,
      List<Path> folders,
      int rounds,
      Map<String, Object> figures) {
    AdapterBank bank = new AdapterBank(base, new HostPages(WIDTH, 1 << 17), 1 << 20);
    List<Optional<AdapterKey>> rows = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      AdapterKey key = new AdapterKey("bench", "a" + i);
      bank.register(key, AdapterSource.of(adapter(base, 16, i)));
      rows.add(Optional.of(key));
    }
    float[] images = images(BATCH);
    Latencies plain = new Latencies(rounds);
    Latencies together = new Latencies(rounds);
    Latencies singly = new Latencies(rounds);
    Latencies swapping = new Latencies(rounds);
    float[] image = images(1);
    requireSame(
        pass(ops, weights, bank, rows.subList(0, 1), image),
        swapped(ops, weights, base, folders.getFirst(), image));
    for (int i = -1; i < rounds; i++) {
      long begun = System.nanoTime();
      pass(ops, weights, Adapters.NONE, images, BATCH);
      long without = System.nanoTime();
      pass(ops, weights, bank, rows, images);
      long with = System.nanoTime();
      for (int row = 0; row < BATCH; row++) {
        pass(ops, weights, bank, List.of(rows.get(row)), image);
      }
      long ended = System.nanoTime();
      for (Path folder : folders) {
        swapped(ops, weights, base, folder, image);
      }
      long swapped = System.nanoTime();
      if (i >= 0) {
        plain.add(without - begun);
        together.add(with - without);
        singly.add(ended - with);
        swapping.add(swapped - ended);
      }
    }
    figures.put("batches", rounds);
    figures.put("batch_32_without_adapters_ms", plain.median());
    figures.put("batch_32_with_32_adapters_ms", together.median());
    figures.put("ratio_to_no_adapters", together.median() / plain.median());
    figures.put("one_pass_for_each_adapter_ms", singly.median());
    figures.put("times_faster_than_one_by_one", singly.median() / together.median());
    figures.put("read_merge_pass_restore_for_each_adapter_ms", swapping.median());
    figures.put("times_faster_than_swapping", swapping.median() / together.median());
  }

  /** What a server without a bank does for one row. */
  private float[] swapped(
      Ops ops, FrozenParameters weights, List<ParameterSpec> base, Path folder, float[] image) {
    LowRankAdapter adapter = PeftFolder.read(folder, base, name -> name).lowRank();
    try (Scope scope = ops.scope()) {
      return forward(ops, new SwappedWeights(ops, weights, adapter), Adapters.NONE, image, 1);
    }
  }

  private static void requireSame(float[] one, float[] other) {
    for (int i = 0; i < one.length; i++) {
      if (Math.abs(one[i] - other[i]) > 1e-3) {
        throw new IllegalStateException("the two ways to use an adapter do not agree");
      }
    }
  }

  private void residency(
      Ops ops,
      FrozenParameters weights,
      List<ParameterSpec> base,
      int requests,
      Map<String, Object> figures)
      throws IOException {
    Path folder = Files.createTempDirectory("precordia-bench");
    try {
      List<Path> folders = new ArrayList<>();
      for (int i = 0; i < FOLDERS; i++) {
        folders.add(written(folder.resolve("a" + i), adapter(base, 4, i)));
      }
      AdapterBank few = bank(base, folders, RESIDENT, 0);
      AdapterBank all = bank(base, folders, REGISTERED, 0);
      for (AdapterKey key : all.keys()) {
        all.pin(key);
      }
      Zipf zipf = new Zipf(REGISTERED, EXPONENT, 5);
      Latencies scarce = new Latencies(requests);
      Latencies ample = new Latencies(requests);
      int hits = 0;
      float[] image = images(1);
      for (int i = -RESIDENT; i < requests; i++) {
        AdapterKey key = few.keys().get(zipf.next());
        boolean hit = few.resident(key);
        long begun = System.nanoTime();
        pass(ops, weights, few, List.of(Optional.of(key)), image);
        long between = System.nanoTime();
        pass(ops, weights, all, List.of(Optional.of(key)), image);
        long ended = System.nanoTime();
        if (i >= 0) {
          hits += hit ? 1 : 0;
          scarce.add(between - begun);
          ample.add(ended - between);
        }
      }
      figures.put("requests", requests);
      figures.put("registered", REGISTERED);
      figures.put("room_for", RESIDENT);
      figures.put("found_resident_share", (double) hits / requests);
      figures.put("request_p95_ms_room_for_64", scarce.quantile(0.95));
      figures.put("request_p95_ms_all_resident", ample.quantile(0.95));
      figures.put("ratio_of_p95", scarce.quantile(0.95) / ample.quantile(0.95));
    } finally {
      StartupBench.delete(folder);
    }
  }

  private static AdapterBank bank(
      List<ParameterSpec> base, List<Path> folders, int room, long hostBytes) {
    // Twelve layers, rank 4: 4·384 and 4·1152 floats are 4 and 12 pages of 384.
    int pages = 12 * 16 * room;
    AdapterBank bank = new AdapterBank(base, new HostPages(WIDTH, pages), hostBytes);
    List<AdapterSource> sources =
        folders.stream().map(f -> PeftFolder.source(f, base, name -> name)).toList();
    for (int i = 0; i < REGISTERED; i++) {
      bank.register(new AdapterKey("bench", "a" + i), sources.get(i % sources.size()));
    }
    return bank;
  }

  private float[] pass(
      Ops ops,
      FrozenParameters weights,
      AdapterBank bank,
      List<Optional<AdapterKey>> rows,
      float[] images) {
    try (Scope scope = ops.scope();
        AdapterBatch batch = bank.batch(ops, rows)) {
      return forward(ops, weights, batch.hooks(), images, rows.size());
    }
  }

  private void pass(
      Ops ops, FrozenParameters weights, Adapters adapters, float[] images, int rows) {
    try (Scope scope = ops.scope()) {
      forward(ops, weights, adapters, images, rows);
    }
  }

  private float[] forward(
      Ops ops, Parameters weights, Adapters adapters, float[] images, int rows) {
    Forward f = Forward.evaluation(ops, weights, adapters);
    float[] out =
        ops.download(encoder.apply(f, patches.apply(f, ops.upload(images, rows, 3, SIDE, SIDE))));
    if (out.length != rows * WIDTH) {
      throw new IllegalStateException("the encoder gave another shape");
    }
    return out;
  }

  private static LowRankAdapter adapter(List<ParameterSpec> base, int rank, int seed) {
    Lora lora =
        new Lora(
            new LoraConfig(rank, rank, 0, "vit.", List.of("qkv"), LoraConfig.BiasMode.NONE), base);
    Random random = new Random(seed);
    ParameterSet values = new ParameterSet();
    for (ParameterSpec spec : lora.parameters()) {
      float[] v = new float[spec.count()];
      for (int i = 0; i < v.length; i++) {
        v[i] = (float) (0.02 * random.nextGaussian());
      }
      values.put(spec, v);
    }
    return new LowRankAdapter(lora.sites(), values);
  }

  private static float[] images(int n) {
    Random random = new Random(3);
    float[] out = new float[n * 3 * SIDE * SIDE];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  /** Draws ranks, 0 the most frequent, with probability proportional to 1/(rank + 1)^exponent. */
  private static final class Zipf {
    private final double[] cumulative;
    private final Random random;

    Zipf(int n, double exponent, long seed) {
      this.random = new Random(seed);
      this.cumulative = new double[n];
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += Math.pow(i + 1, -exponent);
        cumulative[i] = sum;
      }
    }

    int next() {
      double at = random.nextDouble() * cumulative[cumulative.length - 1];
      int found = java.util.Arrays.binarySearch(cumulative, at);
      return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found);
    }
  }
}
