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
  static final int WIDTH = 384;
  private static final int SIDE = 224;
  private static final int BATCH = 32;

  private static final int MOST_BATCHES = 5;

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
      new ResidencyBench(
              base,
              (bank, key, image) -> pass(ops, weights, bank, List.of(Optional.of(key)), image),
              seed -> adapter(base, 4, seed))
          .run(options.rounds(), images(1), figures);
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

  static Path written(Path folder, LowRankAdapter adapter) {
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
    MarkdownTable table =
        new MarkdownTable(
            "32 rows with 32 different rank-16 adapters", "median ms", "× the mixed batch");
    double mixed = together.median();
    table.add(
        "the same 32 rows without adapters, one batch", plain.median(), plain.median() / mixed);
    table.add("one mixed batch from the bank", mixed, 1.0);
    table.add(
        "one pass for each adapter from the same bank", singly.median(), singly.median() / mixed);
    table.add(
        "swapping: read, merge, one pass and restore for each adapter",
        swapping.median(),
        swapping.median() / mixed);
    figures.put("ratio_to_no_adapters", mixed / plain.median());
    figures.put("times_faster_than_swapping", swapping.median() / mixed);
    figures.put("mixed_batches", table);
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
}
