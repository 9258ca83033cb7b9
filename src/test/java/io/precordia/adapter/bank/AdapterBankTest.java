package io.precordia.adapter.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.TinyAdapters;
import io.precordia.adapter.TinyNet;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdapterBankTest {
  private static final int ROW = 3 * TinyNet.WIDTH;

  private final TinyNet net = new TinyNet();
  private final DjlOps ops = DjlOps.cpu();
  private final ParameterSet base = net.random(5);
  private final LowRankAdapter small = TinyAdapters.random(1, 3, 1, "query");
  private final LowRankAdapter middle = TinyAdapters.random(3, 0.5, 2, "query", "value", "fc1");
  private final LowRankAdapter large =
      TinyAdapters.random(7, 0.2, 3, "query", "key", "value", "output", "fc1", "fc2");

  @AfterEach
  void close() {
    ops.close();
  }

  private AdapterBank bank(int pages, long hostBytes) {
    return new AdapterBank(net.parameters(), new HostPages(5, pages), hostBytes);
  }

  private static AdapterKey key(String id) {
    return new AdapterKey("ward", id);
  }

  private static List<Optional<AdapterKey>> rows(String... ids) {
    return Arrays.stream(ids)
        .map(i -> Optional.of(i).filter(s -> !s.isEmpty()).map(AdapterBankTest::key))
        .toList();
  }

  private float[] run(AdapterBank bank, List<Optional<AdapterKey>> rows) {
    try (Scope scope = ops.scope();
        AdapterBatch batch = bank.batch(ops, rows)) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, base), batch.hooks());
      return ops.download(net.apply(f, TinyNet.input(ops, rows.size(), 4)));
    }
  }

  private float[] alone(LowRankAdapter adapter, int n) {
    return net.evaluate(ops, adapter.on(base), adapter.adaptation().hooks(), n, 4);
  }

  private static float[] row(float[] all, int i) {
    return Arrays.copyOfRange(all, i * ROW, (i + 1) * ROW);
  }

  private static void refused(ErrorCode code, org.junit.jupiter.api.function.Executable work) {
    assertEquals(code, assertThrows(PrecordiaException.class, work).code());
  }

  @Test
  void oneBatchMixesRanksTargetsAndNone() {
    AdapterBank bank = bank(400, 1 << 20);
    bank.register(key("s"), AdapterSource.of(small));
    bank.register(key("m"), AdapterSource.of(middle));
    bank.register(key("l"), AdapterSource.of(large));
    float[] mixed = run(bank, rows("l", "", "s", "m", "l", ""));
    float[] plain = net.evaluate(ops, base, Adapters.NONE, 6, 4);
    assertArrayEquals(row(alone(large, 6), 0), row(mixed, 0), 1e-5f);
    assertArrayEquals(row(plain, 1), row(mixed, 1));
    assertArrayEquals(row(alone(small, 6), 2), row(mixed, 2), 1e-5f);
    assertArrayEquals(row(alone(middle, 6), 3), row(mixed, 3), 1e-5f);
    assertArrayEquals(row(alone(large, 6), 4), row(mixed, 4), 1e-5f);
    assertArrayEquals(row(plain, 5), row(mixed, 5));
    assertArrayEquals(plain, run(bank, rows("", "", "", "", "", "")));
    assertArrayEquals(
        row(alone(small, 6), 5), row(run(bank, rows("s", "s", "s", "s", "s", "s")), 5), 1e-5f);
    assertArrayEquals(row(alone(large, 1), 0), run(bank, rows("l")), 1e-5f);
    refused(ErrorCode.NOT_FOUND, () -> run(bank, rows("x")));
  }

  @Test
  void poisonInOneAdapterStaysInItsRows() {
    ParameterSet bad = small.values().copy();
    bad.values(small.sites().get(0).up())[0] = Float.POSITIVE_INFINITY;
    AdapterBank bank = bank(400, 1 << 20);
    bank.register(key("bad"), AdapterSource.of(new LowRankAdapter(small.sites(), bad)));
    bank.register(key("m"), AdapterSource.of(middle));
    float[] mixed = run(bank, rows("bad", "", "m"));
    assertFalse(Float.isFinite(row(mixed, 0)[0]));
    assertArrayEquals(row(net.evaluate(ops, base, Adapters.NONE, 3, 4), 1), row(mixed, 1));
    assertArrayEquals(row(alone(middle, 3), 2), row(mixed, 2), 1e-5f);
  }

  @Test
  void updatesAndEvictionsNeverTouchOthersOrRunningBatches() {
    int pages = new Residence(key("x"), AdapterSource.of(middle), new HostPages(5, 1)).pages;
    AdapterBank bank = bank(2 * pages, 0);
    LowRankAdapter other = TinyAdapters.random(3, 0.5, 9, "query", "value", "fc1");
    bank.register(key("m"), AdapterSource.of(middle));
    bank.register(key("o"), AdapterSource.of(other));
    float[] before = run(bank, rows("m", "o"));
    try (Scope scope = ops.scope();
        AdapterBatch running = bank.batch(ops, rows("m", "o"))) {
      LowRankAdapter fresh = TinyAdapters.random(3, 0.5, 10, "query", "value", "fc1");
      bank.register(key("m"), AdapterSource.of(fresh));
      // Both versions would need more than there is: refused, and the running batch is unharmed.
      refused(ErrorCode.INSUFFICIENT_MEMORY, () -> run(bank, rows("m")));
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, base), running.hooks());
      assertArrayEquals(before, ops.download(net.apply(f, TinyNet.input(ops, 2, 4))));
      assertTrue(bank.resident(key("o")));
    }
    assertEquals(pages, bank.pool().free());
    float[] after = run(bank, rows("m", "o"));
    assertFalse(Arrays.equals(row(before, 0), row(after, 0)));
    assertArrayEquals(row(before, 1), row(after, 1));
    bank.remove(key("m"));
    assertArrayEquals(row(before, 1), row(run(bank, rows("", "o")), 1), 1e-6f);
    refused(ErrorCode.NOT_FOUND, () -> bank.remove(key("m")));
    bank.remove(key("o"));
    assertEquals(2 * pages, bank.pool().free());
  }

  @Test
  void theLeastRecentlyUsedLeavesFirst() {
    AdapterBank bank = bank(3 * 8, 0);
    for (String id : List.of("a", "b", "c", "d")) {
      bank.register(key(id), AdapterSource.of(small));
    }
    assertEquals(8, bank.pages(key("a")), "A and B of 8 floats in pages of 5, two layers");
    run(bank, rows("a"));
    run(bank, rows("b"));
    run(bank, rows("c"));
    run(bank, rows("a"));
    run(bank, rows("d"));
    assertEquals(List.of("a", "c", "d"), resident(bank));
    bank.pin(key("c"));
    run(bank, rows("b"));
    assertEquals(List.of("b", "c", "d"), resident(bank));
    run(bank, rows("a"));
    assertEquals(List.of("a", "b", "c"), resident(bank));
    bank.unpin(key("c"));
    assertThrows(IllegalStateException.class, () -> bank.unpin(key("c")));
    run(bank, rows("d"));
    assertEquals(List.of("a", "b", "d"), resident(bank));
    assertFalse(bank.prefetch(key("c")).join(), "a guess evicts nobody");
    assertEquals(List.of("a", "b", "d"), resident(bank));
    bank.remove(key("a"));
    assertTrue(bank.prefetch(key("c")).join());
    assertEquals(List.of("b", "c", "d"), resident(bank));
  }

  private static List<String> resident(AdapterBank bank) {
    return bank.keys().stream().filter(bank::resident).map(AdapterKey::id).toList();
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsLoaded() {
    AtomicInteger loads = new AtomicInteger();
    AdapterBank bank = bank(20, 1 << 20);
    for (String id : List.of("a", "b", "c")) {
      bank.register(
          key(id),
          AdapterSource.of(
              small.sites(),
              () -> {
                loads.incrementAndGet();
                return small;
              }));
    }
    run(bank, rows("a"));
    assertEquals(1, loads.get());
    refused(ErrorCode.INSUFFICIENT_MEMORY, () -> run(bank, rows("a", "b", "c")));
    assertEquals(1, loads.get());
    assertEquals(List.of("a"), resident(bank));
    refused(ErrorCode.INSUFFICIENT_MEMORY, () -> bank.register(key("l"), AdapterSource.of(large)));
    assertEquals(3, bank.keys().size());
    int[] context = bank.takeContextPages(16);
    assertEquals(List.of(), resident(bank), "an idle adapter made room for a context");
    refused(ErrorCode.INSUFFICIENT_MEMORY, () -> run(bank, rows("a")));
    bank.returnContextPages(context);
    assertThrows(IllegalStateException.class, () -> bank.returnContextPages(context));
    run(bank, rows("a"));
    assertEquals(1, loads.get(), "host memory still had it");
  }

  @Test
  void hostMemoryIsATierOfItsOwn() {
    AtomicInteger loads = new AtomicInteger();
    long one = small.sites().stream().mapToLong(LowRankSite::count).sum() * 4;
    AdapterBank bank = bank(8, 2 * one);
    for (String id : List.of("a", "b", "c")) {
      bank.register(
          key(id),
          AdapterSource.of(
              small.sites(),
              () -> {
                loads.incrementAndGet();
                return small;
              }));
    }
    for (String id : List.of("a", "b", "a", "c", "a", "b")) {
      run(bank, rows(id));
    }
    // c pushes b out of host memory, a stays: a, b, c and b again are read.
    assertEquals(4, loads.get());
    assertTrue(bank.inHostMemory(key("a")) && bank.inHostMemory(key("b")));
    assertFalse(bank.inHostMemory(key("c")));
  }

  @Test
  void quotasBindOneTenantOnly() {
    AdapterBank bank = bank(500, 0);
    bank.quota("ward", new TenantQuota(2, 10));
    bank.register(key("a"), AdapterSource.of(small));
    bank.register(key("b"), AdapterSource.of(small));
    refused(ErrorCode.INSUFFICIENT_MEMORY, () -> bank.register(key("c"), AdapterSource.of(small)));
    bank.register(key("b"), AdapterSource.of(small));
    run(bank, rows("a"));
    run(bank, rows("b"));
    assertEquals(List.of("b"), resident(bank), "the tenant's own oldest made room");
    refused(ErrorCode.INSUFFICIENT_MEMORY, () -> run(bank, rows("a", "b")));
    AdapterKey elsewhere = new AdapterKey("clinic", "a");
    refused(ErrorCode.NOT_FOUND, () -> run(bank, List.of(Optional.of(elsewhere))));
    bank.register(elsewhere, AdapterSource.of(large));
    assertTrue(bank.pages(elsewhere) > 10);
    refused(ErrorCode.INSUFFICIENT_MEMORY, () -> bank.register(key("a"), AdapterSource.of(middle)));
    run(bank, rows("a"));
  }

  @Test
  void aSourceThatFailsLeavesNothingBehind() {
    AdapterBank bank = bank(100, 1 << 20);
    AtomicInteger fails = new AtomicInteger(1);
    bank.register(
        key("f"),
        AdapterSource.of(
            small.sites(),
            () -> {
              if (fails.getAndDecrement() > 0) {
                throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "unreadable");
              }
              return small;
            }));
    bank.register(key("m"), AdapterSource.of(middle));
    run(bank, rows("m"));
    refused(ErrorCode.BAD_WEIGHTS, () -> run(bank, rows("m", "f")));
    assertEquals(List.of("m"), resident(bank));
    assertArrayEquals(row(alone(small, 2), 1), row(run(bank, rows("m", "f")), 1), 1e-5f);
    refused(
        ErrorCode.BAD_WEIGHTS,
        () ->
            new AdapterBank(List.of(), new HostPages(5, 9), 0)
                .register(key("m"), AdapterSource.of(middle)));
    bank.register(key("x"), AdapterSource.of(small.sites(), () -> middle));
    refused(ErrorCode.BAD_WEIGHTS, () -> run(bank, rows("x")));
    assertEquals(List.of("f", "m"), resident(bank).stream().sorted().toList());
  }

  @Test
  void manyThreadsGetTheirOwnAdapters() throws Exception {
    AdapterBank bank = bank(60, 1 << 12);
    List<LowRankAdapter> adapters = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      adapters.add(TinyAdapters.random(1 + i % 3, 1, 20 + i, "query"));
      bank.register(key("t" + i), AdapterSource.of(adapters.get(i)));
      expected.add(alone(adapters.get(i), 1));
    }
    AtomicInteger seeds = new AtomicInteger();
    Callable<Integer> work =
        () -> {
          Random random = new Random(seeds.getAndIncrement());
          int served = 0;
          for (int n = 0; n < 30; n++) {
            int i = random.nextInt(6);
            try {
              assertArrayEquals(expected.get(i), run(bank, rows("t" + i)), 1e-5f);
              served++;
            } catch (PrecordiaException e) {
              assertEquals(ErrorCode.INSUFFICIENT_MEMORY, e.code());
            }
          }
          return served;
        };
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (Future<Integer> done : threads.invokeAll(List.of(work, work, work))) {
        assertTrue(done.get() > 0);
      }
    }
    bank.keys().forEach(bank::remove);
    assertEquals(60, bank.pool().free());
  }
}
