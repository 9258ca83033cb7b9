package io.precordia.adapter.peft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.adapter.Adaptation;
import io.precordia.adapter.AdaptationMethods;
import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.TinyNet;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.adapter.compose.RoutedSource;
import io.precordia.adapter.compose.SummedSource;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsFile;
import io.precordia.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of PEFT folder in the bank against the library's own attached method. */
class PeftKindsTest {
  private static final UnaryOperator<String> SAME = UnaryOperator.identity();
  private static final int ROW = 3 * TinyNet.WIDTH;
  private static final String PREFIX = "base_model.model.";

  private final TinyNet net = new TinyNet();
  private final DjlOps ops = DjlOps.cpu();
  private final ParameterSet base = net.random(5);
  @TempDir Path dir;

  /** What a folder can hold. */
  private enum Kind {
    LORA("lora"),
    RSLORA("rslora"),
    DORA("dora"),
    IA3("ia3"),
    LORA_WITH_ITS_BIASES("lora"),
    LORA_WITH_ALL_BIASES("lora"),
    DORA_WITH_ALL_BIASES("dora"),
    SAVED_LINEAR_AND_NORM("lora"),
    SAVED_TARGET("dora");

    private final String method;

    Kind(String method) {
      this.method = method;
    }
  }

  @AfterEach
  void close() {
    ops.close();
  }

  private Path folder(Kind kind) throws IOException {
    Path folder = dir.resolve(kind.name());
    Adaptation adaptation =
        AdaptationMethods.create(
            kind.method,
            new LoraConfig(2, 3, 0, "", List.of("query", "fc2"), LoraConfig.BiasMode.NONE),
            net.parameters());
    ParameterSet trained =
        TinyNet.randomised(adaptation.attach(base, 3), 8, s -> adaptation.parameters().contains(s));
    PeftFolder.write(folder, PeftAdapter.of(adaptation, trained), SAME);
    switch (kind) {
      case LORA_WITH_ITS_BIASES -> replace(folder, "lora_only", "", "query.bias", "fc2.bias");
      case LORA_WITH_ALL_BIASES, DORA_WITH_ALL_BIASES -> replace(folder, "all", "", ".bias");
      case SAVED_LINEAR_AND_NORM ->
          replace(
              folder, "none", "fc1,norm2", "fc1.weight", "fc1.bias", "norm2.weight", "norm2.bias");
      case SAVED_TARGET -> replace(folder, "none", "fc2", "fc2.weight", "fc2.bias");
      default -> {
        // as written
      }
    }
    return folder;
  }

  /** Adds trained copies of the base's parameters whose names end so. */
  private void replace(Path folder, String bias, String saved, String... ends) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path config = folder.resolve("adapter_config.json");
    ObjectNode root = (ObjectNode) json.readTree(config.toFile());
    root.put("bias", bias);
    Arrays.stream(saved.split(","))
        .filter(s -> !s.isEmpty())
        .forEach(root.putArray("modules_to_save")::add);
    json.writeValue(config.toFile(), root);
    Path file = folder.resolve("adapter_model.safetensors");
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      source
          .names()
          .forEach(n -> arrays.put(n, new HostArray(source.entry(n).shape(), source.floats(n))));
    }
    Random random = new Random(9);
    for (ParameterSpec spec : base.specs()) {
      if (Arrays.stream(ends).anyMatch(spec.name()::endsWith)) {
        float[] values = base.values(spec.name()).clone();
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) (0.5 * random.nextGaussian());
        }
        arrays.put(PREFIX + spec.name(), new HostArray(spec.shape(), values));
      }
    }
    SafetensorsWriter.write(file, arrays, ElementType.F32, Map.of());
  }

  private AdapterSource source(Path folder) {
    return PeftFolder.source(folder, net.parameters(), SAME, base::values);
  }

  private static AdapterKey key(String id) {
    return new AdapterKey("t", id);
  }

  private float[] run(AdapterBank bank, String... ids) {
    List<Optional<AdapterKey>> rows =
        Arrays.stream(ids)
            .map(i -> Optional.of(i).filter(s -> !s.isEmpty()).map(PeftKindsTest::key))
            .toList();
    try (Scope scope = ops.scope();
        AdapterBatch batch = bank.batch(ops, rows)) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, base), batch.hooks());
      return ops.download(net.apply(f, TinyNet.input(ops, ids.length, 4)));
    }
  }

  private float[] attached(Path folder, int rows) {
    PeftAdapter adapter = PeftFolder.read(folder, net.parameters(), SAME);
    return net.evaluate(ops, adapter.on(base), adapter.adaptation().hooks(), rows, 4);
  }

  private static float[] row(float[] all, int i) {
    return Arrays.copyOfRange(all, i * ROW, (i + 1) * ROW);
  }

  private AdapterBank bank(int width, int pages) {
    return new AdapterBank(net.parameters(), new HostPages(width, pages), 1 << 20);
  }

  @ParameterizedTest
  @EnumSource
  void theBankComputesWhatTheAttachedMethodDoes(Kind kind) throws IOException {
    Path folder = folder(kind);
    AdapterBank bank = bank(5, 2000);
    bank.register(key("x"), source(folder));
    float[] expected = attached(folder, 3);
    float[] plain = net.evaluate(ops, base, Adapters.NONE, 3, 4);
    float[] mixed = run(bank, "x", "", "x");
    assertArrayEquals(row(expected, 0), row(mixed, 0), 1e-5f);
    assertArrayEquals(row(plain, 1), row(mixed, 1));
    assertArrayEquals(row(expected, 2), row(mixed, 2), 1e-5f);
    assertArrayEquals(expected, run(bank, "x", "x", "x"), 1e-5f);
    float distance = 0;
    for (int i = 0; i < ROW; i++) {
      distance = Math.max(distance, Math.abs(plain[i] - expected[i]));
    }
    assertTrue(distance > 1e-2, "the adapter changes nothing that could be compared");
  }

  @Test
  void allKindsShareOneBatch() throws IOException {
    AdapterBank bank = bank(8, 4000);
    List<String> ids = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    int rows = Kind.values().length + 1;
    for (Kind kind : Kind.values()) {
      Path folder = folder(kind);
      bank.register(key(kind.name()), source(folder));
      expected.add(attached(folder, rows));
      ids.add(kind.name());
    }
    ids.add("");
    float[] mixed = run(bank, ids.toArray(new String[0]));
    for (int i = 0; i < rows - 1; i++) {
      assertArrayEquals(row(expected.get(i), i), row(mixed, i), 1e-5f, ids.get(i));
    }
    assertArrayEquals(
        row(net.evaluate(ops, base, Adapters.NONE, rows, 4), rows - 1), row(mixed, rows - 1));
  }

  @Test
  void pagesAreCountedForEveryArrayAndRefusedBeforeAnythingIsLoaded() throws IOException {
    AdapterSource saved = source(folder(Kind.SAVED_TARGET));
    long floats = saved.changes().stream().mapToLong(ModuleChange::count).sum();
    // fc2: A [2,12], B [8,2], a factor and a shift of 8, a weight of 96; query without the weight.
    assertEquals(2 * ((24 + 16 + 8 + 8 + 96) + (16 + 16 + 8 + 8)), floats);
    AdapterBank bank = bank(1, (int) floats);
    bank.register(key("x"), saved);
    assertEquals(floats, bank.pages(key("x")));
    bank.pin(key("x"));
    assertEquals(0, bank.pool().free());
    AdapterBank small = bank(1, (int) floats - 1);
    var error = assertThrows(PrecordiaException.class, () -> small.register(key("x"), saved));
    assertEquals(ErrorCode.INSUFFICIENT_MEMORY, error.code());
    assertFalse(small.keys().contains(key("x")));
  }

  @Test
  void whatRowsCannotHaveOfTheirOwnIsRefusedByNameUnlessItIsUnchanged() throws IOException {
    ParameterSpec table =
        new ParameterSpec(
            "words.weight", new long[] {4, 2}, ParameterSpec.Role.EMBEDDING, Initializer.ZEROS);
    List<ParameterSpec> declared = new ArrayList<>(net.parameters());
    declared.add(table);
    base.put(table, new float[8]);
    Path folder = folder(Kind.LORA);
    replace(folder, "none", "words", "words.weight");
    var error =
        assertThrows(
            PrecordiaException.class,
            () -> PeftFolder.source(folder, declared, SAME, base::values));
    assertEquals(ErrorCode.BAD_WEIGHTS, error.code());
    assertTrue(error.getMessage().contains("words.weight"), error.getMessage());
    base.put(table, PeftFolder.read(folder, declared, SAME).replaced().values("words.weight"));
    AdapterSource source = PeftFolder.source(folder, declared, SAME, base::values);
    assertEquals(source.changes(), source.load().changes());
    assertTrue(source.changes().stream().noneMatch(c -> c.path().equals("words")));
  }

  /** The base plus the weighted changes of merged weights: what a sum must compute. */
  private ParameterSet summed(Map<Kind, Double> weights) throws IOException {
    ParameterSet sum = base.copy();
    for (Map.Entry<Kind, Double> part : weights.entrySet()) {
      PeftAdapter adapter = PeftFolder.read(folder(part.getKey()), net.parameters(), SAME);
      ParameterSet merged = adapter.adaptation().merge(adapter.on(base));
      for (ParameterSpec spec : base.specs()) {
        float[] out = sum.values(spec.name());
        float[] own = base.values(spec.name());
        float[] one = merged.values(spec.name());
        for (int i = 0; i < out.length; i++) {
          out[i] += (float) (part.getValue() * (one[i] - (double) own[i]));
        }
      }
    }
    return sum;
  }

  private void assertSum(Map<Kind, Double> weights) throws IOException {
    List<SummedSource.Summand> summands = new ArrayList<>();
    for (Map.Entry<Kind, Double> part : weights.entrySet()) {
      summands.add(new SummedSource.Summand(source(folder(part.getKey())), part.getValue()));
    }
    AdapterBank bank = bank(8, 4000);
    bank.register(
        key("sum"),
        SummedSource.of(
            summands,
            base.specs().stream().map(ParameterSpec::name).collect(Collectors.toSet()),
            base::values));
    float[] expected = net.evaluate(ops, summed(weights), Adapters.NONE, 2, 4);
    float[] mixed = run(bank, "sum", "");
    assertArrayEquals(row(expected, 0), row(mixed, 0), 2e-5f, weights.toString());
    assertArrayEquals(
        row(net.evaluate(ops, base, Adapters.NONE, 2, 4), 1), row(mixed, 1), "the row without");
  }

  @Test
  void aWeightedSumOfAnyKindsIsExact() throws IOException {
    assertSum(Map.of(Kind.LORA, 0.7, Kind.RSLORA, -0.3));
    assertSum(Map.of(Kind.LORA, 0.7, Kind.RSLORA, -0.3, Kind.DORA, 0.6));
    assertSum(Map.of(Kind.DORA, 1.0));
    assertSum(Map.of(Kind.DORA, 0.5, Kind.DORA_WITH_ALL_BIASES, 0.5));
    assertSum(Map.of(Kind.LORA, 0.4, Kind.IA3, 0.8));
    assertSum(Map.of(Kind.IA3, 0.4, Kind.DORA, 0.8, Kind.LORA_WITH_ITS_BIASES, 0.2));
    assertSum(Map.of(Kind.SAVED_LINEAR_AND_NORM, 0.5, Kind.LORA_WITH_ALL_BIASES, -0.5));
    Map<Kind, Double> all = new EnumMap<>(Kind.class);
    Arrays.stream(Kind.values()).forEach(k -> all.put(k, 0.1 + 0.05 * k.ordinal()));
    assertSum(all);
    // an adapter and its opposite cancel, also where a factor of the output becomes 0
    assertSum(Map.of(Kind.IA3, 1.0, Kind.LORA, 1.0, Kind.DORA, -1.0));
  }

  @Test
  void aRouterIsNoSummand() throws IOException {
    AdapterSource lora = source(folder(Kind.LORA));
    List<LinearSite> layers = RoutedSource.layers(List.of(lora), LinearSite.all(net.parameters()));
    AdapterSource router = RoutedSource.of(List.of(lora), layers, null, l -> new float[0]);
    var error =
        assertThrows(
            PrecordiaException.class,
            () ->
                SummedSource.of(
                    List.of(new SummedSource.Summand(router, 1)), Set.of(), base::values));
    assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
  }
}
