package io.precordia.cli;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.nn.ParameterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Single requests under Zipf(1.1) traffic over 2,000 adapters on disk, with room for 64 of them and
 * with room for all.
 *
 * @param pass one row under one adapter of a bank
 * @param adapters makes the adapter of a seed
 */
record ResidencyBench(List<ParameterSpec> base, Pass pass, IntFunction<LowRankAdapter> adapters) {
  private static final int REGISTERED = 2000;
  private static final int RESIDENT = 64;
  private static final double EXPONENT = 1.1;

  /** Folders on disk; the 2,000 adapters share them, each with pages of its own. */
  private static final int FOLDERS = 50;

  /** Runs one row. */
  @FunctionalInterface
  interface Pass {
    float[] of(AdapterBank bank, AdapterKey key, float[] image);
  }

  /** Measures requests and adds the figures. */
  void run(int requests, float[] image, Map<String, Object> figures) throws IOException {
    Path folder = Files.createTempDirectory("precordia-bench");
    try {
      List<Path> folders = new ArrayList<>();
      for (int i = 0; i < FOLDERS; i++) {
        folders.add(AdapterBench.written(folder.resolve("a" + i), adapters.apply(i)));
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
      for (int i = -RESIDENT; i < requests; i++) {
        AdapterKey key = few.keys().get(zipf.next());
        boolean hit = few.resident(key);
        long begun = System.nanoTime();
        pass.of(few, key, image);
        long between = System.nanoTime();
        pass.of(all, key, image);
        long ended = System.nanoTime();
        if (i >= 0) {
          hits += hit ? 1 : 0;
          scarce.add(between - begun);
          ample.add(ended - between);
        }
      }
      figures.put("requests", requests);
      figures.put("found_resident_share", (double) hits / requests);
      MarkdownTable table =
          new MarkdownTable("2,000 adapters of rank 4, Zipf(1.1)", "p50 ms", "p95 ms");
      table.add("room for 64", scarce.median(), scarce.quantile(0.95));
      table.add("all resident", ample.median(), ample.quantile(0.95));
      figures.put("ratio_of_p95", scarce.quantile(0.95) / ample.quantile(0.95));
      figures.put("residency", table);
    } finally {
      StartupBench.delete(folder);
    }
  }

  private static AdapterBank bank(
      List<ParameterSpec> base, List<Path> folders, int room, long hostBytes) {
    // Twelve layers, rank 4: 4·384 and 4·1152 floats are 4 and 12 pages of 384.
    int pages = 12 * 16 * room;
    AdapterBank bank = new AdapterBank(base, new HostPages(AdapterBench.WIDTH, pages), hostBytes);
    List<AdapterSource> sources =
        folders.stream().map(f -> PeftFolder.source(f, base, name -> name)).toList();
    for (int i = 0; i < REGISTERED; i++) {
      bank.register(new AdapterKey("bench", "a" + i), sources.get(i % sources.size()));
    }
    return bank;
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
