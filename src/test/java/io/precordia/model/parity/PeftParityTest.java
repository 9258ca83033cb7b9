package io.precordia.model.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.model.HubModels;
import io.precordia.model.hub.AdapterNames;
import io.precordia.model.hub.ModuleNames;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PEFT's folders against PEFT's own outputs. */
class PeftParityTest {
  private static final AdapterKey A2 = new AdapterKey("t", "a2");

  @ParameterizedTest
  @ValueSource(strings = {"peft_lora", "peft_rslora", "peft_dora"})
  void oneAdapterBesideItsBaseAndMerged(String name) {
    GoldenFolders.assertAgrees(name, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"peft_lora", "peft_rslora", "peft_dora"})
  void everyKindInTheBankBesideRowsWithoutOne(String name) {
    Path golden = GoldenFolders.present(name);
    var base = HubModels.vision(golden.resolve("base"));
    ParameterSet weights = base.weights();
    AdapterBank bank =
        new AdapterBank(base.model().parameters(), new HostPages(64, 4096), Integer.MAX_VALUE);
    bank.register(
        A2,
        PeftFolder.source(
            golden.resolve("adapter"),
            base.model().parameters(),
            new AdapterNames(base.type(), base.model().parameters()),
            weights::values));
    try (SafetensorsFile in = SafetensorsFile.open(golden.resolve("inputs.safetensors"));
        SafetensorsFile out = SafetensorsFile.open(golden.resolve("outputs.safetensors"));
        DjlOps ops = DjlOps.cpu();
        Scope scope = ops.scope()) {
      Tensor once = ops.upload(in.floats("pixel_values"), in.entry("pixel_values").shape());
      int n = Math.toIntExact(once.size(0));
      List<Optional<AdapterKey>> rows = new ArrayList<>(Collections.nCopies(n, Optional.of(A2)));
      rows.addAll(Collections.nCopies(n, Optional.empty()));
      Tensor twice = ops.concat(0, List.of(once, once));
      FrozenParameters frozen = new FrozenParameters(ops, weights);
      float[] plain =
          ops.download(base.model().states(Forward.evaluation(ops, frozen, Adapters.NONE), twice));
      try (AdapterBatch batch = bank.batch(ops, rows)) {
        float[] mixed =
            ops.download(
                base.model().states(Forward.evaluation(ops, frozen, batch.hooks()), twice));
        int half = mixed.length / 2;
        assertArrayEquals(out.floats("last_hidden_state"), Arrays.copyOf(mixed, half), 1e-5f);
        assertArrayEquals(
            Arrays.copyOfRange(plain, half, 2 * half), Arrays.copyOfRange(mixed, half, 2 * half));
      }
    }
  }

  @Test
  void severalAdaptersAloneAndInOneBatch() {
    GoldenFolders.assertAgrees("peft_llama_multi", 5);
  }

  @Test
  void anotherScalingIsSeen(@TempDir Path folder) throws IOException {
    Path golden = GoldenFolders.present("peft_lora");
    try (Stream<Path> all = Files.walk(golden)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(golden.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.write(copy, Files.readAllBytes(file));
      }
    }
    Path config = folder.resolve("adapter/adapter_config.json");
    String text = Files.readString(config);
    assertTrue(text.contains("\"use_rslora\": false"));
    Files.writeString(config, text.replace("\"use_rslora\": false", "\"use_rslora\": true"));
    assertFalse(GoldenFolders.check(folder).stream().anyMatch(Deviation::passed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"peft_lora", "peft_dora"})
  void writtenUnderTheReferencesNames(String name, @TempDir Path folder) {
    Path golden = GoldenFolders.present(name);
    var base = HubModels.vision(golden.resolve("base"));
    ModuleNames names = ModuleNames.of(base.type());
    PeftAdapter adapter =
        PeftFolder.read(golden.resolve("adapter"), base.model().parameters(), names::toFile);
    PeftFolder.write(folder, adapter, names::toModule);
    PeftAdapter back = PeftFolder.read(folder, base.model().parameters(), names::toFile);
    assertEquals(adapter.values().specs(), back.values().specs());
    for (var spec : adapter.values().specs()) {
      assertArrayEquals(adapter.values().values(spec.name()), back.values().values(spec.name()));
    }
  }

  @Test
  void rowsWithoutAdapterAreTheBaseToTheLastBitAndDecodingUsesTheBank() {
    Path golden = GoldenFolders.present("peft_llama_multi");
    CausalLmFolder base = CausalLm.open(golden.resolve("base"));
    CausalLm model = base.model();
    AdapterBank bank =
        new AdapterBank(model.parameters(), new HostPages(64, 4096), Integer.MAX_VALUE);
    Path folder = golden.resolve("adapters/a2");
    bank.register(A2, PeftFolder.source(folder, model.parameters(), UnaryOperator.identity()));
    int[][] ids = {{5, 9, 11, 40}, {7, 8, 9, 10}, {3, 4, 100, 6}};
    try (DjlOps ops = DjlOps.cpu();
        Scope scope = ops.scope()) {
      FrozenParameters frozen = new FrozenParameters(ops, base.weights());
      Forward plain = Forward.evaluation(ops, frozen, Adapters.NONE);
      float[] expected = ops.download(model.logits(plain, ids));
      int row = expected.length / 3;
      try (AdapterBatch batch =
          bank.batch(ops, List.of(Optional.of(A2), Optional.empty(), Optional.of(A2)))) {
        float[] mixed =
            ops.download(model.logits(Forward.evaluation(ops, frozen, batch.hooks()), ids));
        assertArrayEquals(
            Arrays.copyOfRange(expected, row, 2 * row), Arrays.copyOfRange(mixed, row, 2 * row));
        assertFalse(Arrays.equals(Arrays.copyOf(expected, row), Arrays.copyOf(mixed, row)));
      }
      PeftAdapter alone = PeftFolder.read(folder, model.parameters(), UnaryOperator.identity());
      Forward beside =
          Forward.evaluation(
              ops, new FrozenParameters(ops, alone.on(base.weights())), alone.adaptation().hooks());
      try (AdapterBatch batch = bank.batch(ops, List.of(Optional.of(A2)))) {
        assertArrayEquals(
            model.greedy(beside, ids[0], 10, Set.of()),
            model.greedy(Forward.evaluation(ops, frozen, batch.hooks()), ids[0], 10, Set.of()));
      }
    }
  }
}
