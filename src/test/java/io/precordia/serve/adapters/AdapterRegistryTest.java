package io.precordia.serve.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import io.precordia.model.RoutingListener;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AdapterRegistryTest {
  @TempDir Path dir;
  private final Known encoder = new Known();

  private static Map<String, byte[]> content(String weights) {
    return Map.of(
        AdapterArchive.CONFIG, "{}".getBytes(StandardCharsets.UTF_8),
        AdapterArchive.WEIGHTS, weights.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aNameMovesAndTheOldVersionIsErased() {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    AdapterVersion first = registry.put("site-a", content("one"));
    assertNull(first.previous());
    AdapterVersion second = registry.put("site-a", content("two"));
    assertEquals(first.sha256(), second.previous());
    assertEquals(Set.of(second.sha256()), encoder.registered);
    assertFalse(Files.exists(dir.resolve("versions").resolve(first.sha256())));
    assertEquals(second, registry.get("site-a"));
    // the same content again is the same version
    assertEquals(second.sha256(), registry.put("site-a", content("two")).sha256());
    // two names may stand for one version; it lives until the last is gone
    registry.put("site-b", content("two"));
    registry.delete("site-a");
    assertTrue(encoder.registered.contains(second.sha256()));
    registry.delete("site-b");
    assertTrue(encoder.registered.isEmpty());
    assertEquals(List.of(), registry.all());
  }

  @Test
  void aRestartServesTheSameAndSweepsWhatACrashLeft() throws IOException {
    AdapterVersion version = new AdapterRegistry(dir, encoder).put("site-a", content("one"));
    Path left = Files.createDirectories(dir.resolve("versions/.pending-crashed"));
    Files.writeString(left.resolve(AdapterArchive.WEIGHTS), "half");
    Known after = new Known();
    assertEquals(version, new AdapterRegistry(dir, after).get("site-a"));
    assertEquals(Set.of(version.sha256()), after.registered);
    assertFalse(Files.exists(left));
    // what was changed on disk is not served
    Files.writeString(
        dir.resolve("versions").resolve(version.sha256()).resolve(AdapterArchive.WEIGHTS), "evil");
    assertEquals(List.of(), new AdapterRegistry(dir, new Known()).all());
  }

  @Test
  void aSecondRegistryLeavesUploadsUnderWayAlone() throws Exception {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    encoder.onInspect =
        () -> {
          inside.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AdapterVersion> upload = callers.submit(() -> registry.put("site-a", content("one")));
      inside.await();
      assertEquals(List.of(), new AdapterRegistry(dir, new Known()).all());
      go.countDown();
      AdapterVersion version = upload.get();
      assertTrue(Files.exists(dir.resolve("versions").resolve(version.sha256())));
    }
    try (Stream<Path> versions = Files.list(dir.resolve("versions"))) {
      assertEquals(1, versions.count(), "the lock is gone too");
    }
  }

  @Test
  void aSumIsKnownByItsPartsAndWeightsAndGoesWithThem() {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    AdapterVersion a = registry.put("site-a", content("one"));
    AdapterVersion b = registry.put("site-b", content("two"));
    String id;
    try (AdapterUse use = registry.use(AdapterMix.parse("site-a*0.7+site-b*0.3"));
        AdapterUse swapped = registry.use(AdapterMix.parse("site-b*0.3+" + a.sha256() + "*0.7"));
        AdapterUse other = registry.use(AdapterMix.parse("site-a*0.6+site-b*0.4"));
        AdapterUse half = registry.use(AdapterMix.parse("site-a*0.5"))) {
      id = use.id();
      assertEquals(id, swapped.id());
      assertEquals(4, Set.of(id, other.id(), half.id(), a.sha256()).size());
      assertEquals(
          List.of(
              new ModelRef.AdapterRef("site-a", a.sha256(), 0.7),
              new ModelRef.AdapterRef("site-b", b.sha256(), 0.3)),
          use.adapters());
      assertTrue(encoder.registered.contains(id));
    }
    try (AdapterUse plain = registry.use(AdapterMix.parse("site-a"))) {
      assertEquals(a.sha256(), plain.id());
    }
    assertTrue(encoder.registered.contains(id), "kept for the next request");
    registry.delete("site-b");
    assertFalse(encoder.registered.contains(id), "erased with its part");
    assertTrue(encoder.registered.contains(a.sha256()));
    assertEquals(ErrorCode.NOT_FOUND, code(() -> registry.use(AdapterMix.parse("site-a+site-b"))));
    registry.delete("site-a"); // nothing is leased any more
    assertTrue(encoder.registered.isEmpty());
  }

  @Test
  void onlySomeSumsAreRemembered() {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    registry.put("site-a", content("one"));
    for (int i = 1; i <= 200; i++) {
      registry.use(AdapterMix.parse("site-a*0." + (1000 + i))).close();
    }
    assertEquals(65, encoder.registered.size());
  }

  @Test
  void malformedSumsAreSaidToBe() {
    for (String bad :
        List.of("", "a+", "a*", "a*0", "a*x", "a*1e9", "a*101", "A", "a+a", "a*0.5*2", "a b")) {
      assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> AdapterMix.parse(bad)), bad);
    }
    assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> AdapterMix.parse("a+b+c+d+e+f+g+h+i")));
    assertEquals(-0.25, AdapterMix.parse("a*-0.25").parts().getFirst().weight());
    assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> AdapterName.checked("none")));
  }

  @Test
  void nothingOfARefusedAdapterIsKept() throws IOException {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    AdapterVersion good = registry.put("site-a", content("one"));
    assertEquals(ErrorCode.BAD_WEIGHTS, code(() -> registry.put("site-a", content("bad"))));
    assertEquals(ErrorCode.NOT_FOUND, code(() -> registry.get("site-b")));
    assertEquals(good, registry.get("site-a"));
    try (Stream<Path> versions = Files.list(dir.resolve("versions"))) {
      assertEquals(1, versions.count());
    }
  }

  @Test
  void erasingWaitsForThoseWhoUseIt() throws Exception {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    AdapterVersion version = registry.put("site-a", content("one"));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      AdapterRegistry.Lease lease = registry.lease("site-a");
      Future<?> deletion = callers.submit(() -> registry.delete("site-a"));
      while (!registry.all().isEmpty()) {
        Thread.sleep(1);
      }
      assertEquals(ErrorCode.NOT_FOUND, code(() -> registry.lease("site-a")));
      assertTrue(encoder.registered.contains(version.sha256()));
      lease.close();
      lease.close(); // a second close takes nothing away
      deletion.get();
      assertTrue(encoder.registered.isEmpty());
      assertFalse(Files.exists(dir.resolve("versions").resolve(version.sha256())));
    }
  }

  @Test
  void twoUploadsOfOneNameAtOnceNeverMix() throws Exception {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    encoder.onInspect =
        () -> {
          inside.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AdapterVersion> first = callers.submit(() -> registry.put("site-a", content("one")));
      inside.await();
      assertEquals(ErrorCode.CONFLICT, code(() -> registry.put("site-a", content("two"))));
      go.countDown();
      assertEquals(first.get(), registry.get("site-a"));
    }
  }

  @Test
  void deletingOneNameDoesNotEraseWhatAnotherIsJustGetting() throws Exception {
    AdapterRegistry registry = new AdapterRegistry(dir, encoder);
    AdapterVersion first = registry.put("site-a", content("one"));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    encoder.onRegister =
        () -> {
          inside.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AdapterVersion> second = callers.submit(() -> registry.put("site-b", content("one")));
      inside.await();
      Future<?> deletion = callers.submit(() -> registry.delete("site-a"));
      while (!registry.all().isEmpty()) {
        Thread.sleep(1);
      }
      Thread.sleep(20); // time to erase too early
      go.countDown();
      assertEquals(first.sha256(), second.get().sha256());
      deletion.get();
      assertEquals(Set.of(first.sha256()), encoder.registered);
      assertTrue(
          Files.exists(
              dir.resolve("versions").resolve(first.sha256()).resolve("adapter_config.json")));
      registry.delete("site-b");
      assertTrue(encoder.registered.isEmpty());
    }
  }

  private static ErrorCode code(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(PrecordiaException.class, call).code();
  }

  /** Remembers what is registered; weights that say "bad" are refused. */
  private static final class Known implements AdaptableEncoder {
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private volatile Runnable onInspect = () -> {};
    private volatile Runnable onRegister = () -> {};

    @Override
    public AdapterSummary inspect(Path folder) {
      onInspect.run();
      try {
        if (Files.readString(folder.resolve(AdapterArchive.WEIGHTS)).equals("bad")) {
          throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "bad");
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return new AdapterSummary("lora", 4, List.of("a.b"), 12);
    }

    @Override
    public void register(String sha256, Path folder) {
      onRegister.run();
      registered.add(sha256);
    }

    @Override
    public void compose(String id, List<AdapterShare> shares) {
      registered.add(id);
    }

    @Override
    public void unregister(String sha256) {
      registered.remove(sha256);
    }

    @Override
    public boolean resident(String sha256) {
      return registered.contains(sha256);
    }

    @Override
    public float[][] embed(
        Modality modality,
        List<?> items,
        List<@Nullable String> adapters,
        RoutingListener routing) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ModelRef ref() {
      return new ModelRef("known", "1", "11".repeat(32), List.of(), "none");
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float temperature() {
      return 1;
    }

    @Override
    public float[][] embedXrays(List<Pixels> images) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[][] embedEcgs(List<Ecg> windows) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[][] embedTexts(List<String> texts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
