package io.precordia.adapter.peft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.adapter.Adaptation;
import io.precordia.adapter.AdaptationMethods;
import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.TinyNet;
import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.HostPages;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsFile;
import io.precordia.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeftFolderTest {
  private static final UnaryOperator<String> SAME = UnaryOperator.identity();
  private static final String Q0 = "base_model.model.blocks.0.attention.query";

  private final TinyNet net = new TinyNet();
  private final DjlOps ops = DjlOps.cpu();
  private final ParameterSet base = net.random(5);

  @TempDir Path folder;

  @AfterEach
  void close() {
    ops.close();
  }

  private Adaptation method(String id) {
    return AdaptationMethods.create(
        id,
        new LoraConfig(2, 3, 0, "", List.of("query", "mlp.fc2"), LoraConfig.BiasMode.NONE),
        net.parameters());
  }

  private ParameterSet trained(Adaptation adaptation) {
    return TinyNet.randomised(
        adaptation.attach(base, 3), 8, s -> adaptation.parameters().contains(s));
  }

  private PeftAdapter read() {
    return PeftFolder.read(folder, net.parameters(), SAME);
  }

  private void writeLora() {
    PeftFolder.write(folder, PeftAdapter.of(method("lora"), trained(method("lora"))), SAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lora", "rslora", "dora", "ia3"})
  void whatIsWrittenReadsBackAndComputesTheSame(String id) {
    Adaptation adaptation = method(id);
    ParameterSet adapted = trained(adaptation);
    UnaryOperator<String> out = n -> n.replace("attention.query", "self.q_proj");
    UnaryOperator<String> in = n -> n.replace("self.q_proj", "attention.query");
    PeftFolder.write(folder, PeftAdapter.of(adaptation, adapted), out);
    PeftAdapter back = PeftFolder.read(folder, net.parameters(), in);
    assertEquals(adaptation.parameters(), back.adaptation().parameters());
    assertArrayEquals(
        net.evaluate(ops, adapted, adaptation.hooks(), 2, 4),
        net.evaluate(ops, back.on(base), back.adaptation().hooks(), 2, 4),
        1e-6f);
    PeftFolder.write(folder.resolve("again"), back, out);
    PeftAdapter twice = PeftFolder.read(folder.resolve("again"), net.parameters(), in);
    assertArrayEquals(
        net.evaluate(ops, back.on(base), back.adaptation().hooks(), 2, 4),
        net.evaluate(ops, twice.on(base), twice.adaptation().hooks(), 2, 4));
  }

  private void editConfig(Consumer<ObjectNode> edit) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path file = folder.resolve("adapter_config.json");
    ObjectNode root = (ObjectNode) json.readTree(file.toFile());
    edit.accept(root);
    json.writeValue(file.toFile(), root);
  }

  private void editArrays(Consumer<Map<String, HostArray>> edit) {
    Path file = folder.resolve("adapter_model.safetensors");
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      for (String name : source.names()) {
        arrays.put(name, new HostArray(source.entry(name).shape(), source.floats(name)));
      }
    }
    edit.accept(arrays);
    SafetensorsWriter.write(file, arrays, ElementType.F32, Map.of());
  }

  private void refused(String part) {
    var error = assertThrows(PrecordiaException.class, this::read);
    assertEquals(ErrorCode.BAD_WEIGHTS, error.code());
    assertTrue(error.getMessage().contains(part), error.getMessage());
    var inBank =
        assertThrows(
            PrecordiaException.class,
            () -> PeftFolder.source(folder, net.parameters(), SAME).load());
    assertEquals(ErrorCode.BAD_WEIGHTS, inBank.code());
  }

  @Test
  void keysThatCannotBeHonouredAreNamed() throws IOException {
    Map<String, Consumer<ObjectNode>> edits =
        Map.ofEntries(
            Map.entry("use_qalora", n -> n.put("use_qalora", true)),
            Map.entry("layer_replication", n -> n.putArray("layer_replication").addArray().add(0)),
            Map.entry("alora_invocation", n -> n.putArray("alora_invocation_tokens").add(1)),
            Map.entry("lora_bias", n -> n.put("lora_bias", true)),
            Map.entry("target_parameters", n -> n.putArray("target_parameters").add("x")),
            Map.entry("some_future_key", n -> n.put("some_future_key", 3)),
            Map.entry("init_lora_weights", n -> n.put("init_lora_weights", "pissa")),
            Map.entry("peft_type", n -> n.put("peft_type", "VERA")),
            Map.entry("target_modules", n -> n.putNull("target_modules")),
            Map.entry("bias", n -> n.put("bias", "some")),
            Map.entry("lora_dropout", n -> n.put("lora_dropout", 1.0)),
            Map.entry("lora_alpha", n -> n.put("lora_alpha", "8")),
            Map.entry("rank_pattern", n -> n.putObject("rank_pattern").put("query", 0)),
            Map.entry("r is 0", n -> n.put("r", 0)),
            Map.entry("r is 2.5", n -> n.put("r", 2.5)),
            Map.entry("r is -1", n -> n.put("r", -1)));
    for (Map.Entry<String, Consumer<ObjectNode>> edit : edits.entrySet()) {
      writeLora();
      editConfig(edit.getValue());
      refused(edit.getKey());
    }
    writeLora();
    editConfig(
        n -> {
          // PEFT sets it to false itself where layers are linear.
          n.put("fan_in_fan_out", true);
          n.putNull("use_qalora").put("lora_bias", false).putObject("loftq_config");
          n.put("peft_version", "9.9").put("qalora_group_size", 16).putNull("init_lora_weights");
        });
    read();
  }

  @Test
  void arraysThatContradictAreNamed() throws IOException {
    writeLora();
    editArrays(a -> a.put(Q0 + ".lora_A.weight", new HostArray(new long[] {3, 8}, new float[24])));
    refused("query.lora_A.weight");
    writeLora();
    editArrays(a -> a.remove(Q0 + ".lora_B.weight"));
    refused("lora_B");
    writeLora();
    editArrays(
        a -> {
          a.remove(Q0 + ".lora_A.weight");
          a.remove(Q0 + ".lora_B.weight");
        });
    refused("blocks.0.attention.query");
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      writeLora();
      editArrays(a -> a.get(Q0 + ".lora_A.weight").values()[5] = bad);
      refused("finite");
    }
    writeLora();
    editConfig(n -> n.put("r", 9));
    refused("above");
    writeLora();
    editArrays(a -> a.put("blocks.0.lora_A.weight", new HostArray(new long[] {1}, new float[1])));
    refused("not under");
    writeLora();
    editArrays(
        a ->
            a.put(
                "base_model.model.x.lora_embedding_A",
                new HostArray(new long[] {1}, new float[1])));
    refused("lora_embedding_A");
    writeLora();
    editArrays(
        a ->
            a.put(
                "base_model.model.classifier.weight", new HostArray(new long[] {1}, new float[1])));
    refused("classifier");
    writeLora();
    editConfig(n -> n.putArray("target_modules").add("fc2"));
    refused("none of the target_modules");
    writeLora();
    editConfig(n -> n.put("use_dora", true));
    refused("magnitude");
  }

  @Test
  void adaptersForAnotherBaseAreRefusedWhole() {
    writeLora();
    List<ParameterSpec> other =
        net.parameters().stream().filter(s -> !s.name().contains("blocks.1.")).toList();
    var some = assertThrows(PrecordiaException.class, () -> PeftFolder.read(folder, other, SAME));
    assertTrue(some.getMessage().contains("blocks.1."), some.getMessage());
    var all =
        assertThrows(
            PrecordiaException.class,
            () -> PeftFolder.read(folder, net.parameters(), n -> "encoder." + n));
    assertTrue(all.getMessage().contains("another base"), all.getMessage());
    assertEquals(ErrorCode.BAD_WEIGHTS, all.code());
  }

  @Test
  void filesThatAreNoneAreRefused() throws IOException {
    refused("adapter_config.json");
    writeLora();
    Path weights = folder.resolve("adapter_model.safetensors");
    byte[] good = Files.readAllBytes(weights);
    Files.delete(weights);
    Files.write(folder.resolve("adapter_model.bin"), new byte[] {(byte) 0x80, 2});
    refused("pickle");
    Files.delete(folder.resolve("adapter_model.bin"));
    refused("absent");
    Path there = folder.resolve("there");
    Files.createSymbolicLink(there, weights);
    Files.createSymbolicLink(weights, there);
    refused("adapter_model.safetensors");
    Files.delete(weights);
    Files.createDirectory(weights);
    refused("no plain file");
    Files.delete(weights);
    Files.write(weights, java.util.Arrays.copyOf(good, good.length - 3));
    refused("truncated");
    Files.delete(weights);
    Files.delete(there);
    Files.write(there, good);
    Files.createSymbolicLink(weights, there);
    read();
    Files.writeString(folder.resolve("adapter_config.json"), "[]");
    refused("no JSON object");
    Files.writeString(folder.resolve("adapter_config.json"), "{\"r\":1,\"r\":2}");
    refused("no JSON");
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(PrecordiaException.class, () -> PeftFolder.read(loop, net.parameters(), SAME))
            .code());
  }

  @Test
  void modulesAreNamedAsPeftNamesThem() throws IOException {
    writeLora();
    editConfig(n -> n.put("target_modules", ".*\\.(query|fc2)"));
    read();
    editConfig(n -> n.put("target_modules", "(query|fc2)"));
    refused("none of the target_modules");
    editConfig(n -> n.put("target_modules", "all-linear"));
    read();
    editConfig(n -> n.put("target_modules", "(.*)(.*)(.*)(.*)(.*)(.*)!"));
    refused("backtracks");
    editConfig(n -> n.put("target_modules", "("));
    refused("target_modules");
    writeLora();
    editConfig(
        n -> {
          n.putArray("target_modules").add("query").add("fc2");
          n.putObject("rank_pattern").put("1.attention.query", 2);
          n.putObject("alpha_pattern").put("blocks.1.attention.query", 16).put("fc2", 1);
          n.put("r", 2).put("lora_alpha", 8).put("use_rslora", true);
        });
    List<LowRankSite> sites = ((Lora) read().adaptation()).sites();
    assertEquals(8 / Math.sqrt(2), scaling(sites, "blocks.0.attention.query"));
    assertEquals(16 / Math.sqrt(2), scaling(sites, "blocks.1.attention.query"));
    assertEquals(1 / Math.sqrt(2), scaling(sites, "blocks.1.mlp.fc2"));
    editConfig(n -> n.put("layers_to_transform", 0));
    refused("none of the target_modules");
    editArrays(a -> a.keySet().removeIf(k -> k.contains("blocks.1.")));
    assertEquals(2, ((Lora) read().adaptation()).sites().size());
    editConfig(n -> n.put("layers_pattern", "layers"));
    refused("none of the target_modules");
    editConfig(n -> n.put("layers_pattern", "blocks"));
    read();
    editConfig(n -> n.put("exclude_modules", ".*fc2"));
    refused("none of the target_modules");
  }

  private static double scaling(List<LowRankSite> sites, String path) {
    return sites.stream().filter(s -> s.path().equals(path)).findFirst().orElseThrow().scaling();
  }

  @Test
  void savedModulesAndBiasesReplaceTheBases() throws IOException {
    writeLora();
    editConfig(n -> n.put("bias", "all").putArray("modules_to_save").add("norm1"));
    float[] gain = {1, 2, 3, 4, 5, 6, 7, 8};
    editArrays(
        a -> {
          a.put("base_model.model.blocks.0.norm1.weight", new HostArray(new long[] {8}, gain));
          a.put(Q0 + ".base_layer.bias", new HostArray(new long[] {8}, gain));
        });
    PeftAdapter adapter = read();
    assertArrayEquals(gain, adapter.on(base).values("blocks.0.norm1.weight"));
    assertArrayEquals(gain, adapter.on(base).values("blocks.0.attention.query.bias"));
    assertEquals(
        ErrorCode.INVALID_ARGUMENT,
        assertThrows(PrecordiaException.class, adapter::lowRank).code());
    assertEquals(
        ErrorCode.INVALID_ARGUMENT,
        assertThrows(
                PrecordiaException.class, () -> PeftFolder.source(folder, net.parameters(), SAME))
            .code());
  }

  /** PEFT takes every module whose name ends so, and all that lies in it. */
  @Test
  void savedModulesAreNamedByTheirEnds() throws IOException {
    HostArray gain = new HostArray(new long[] {8}, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    for (String ending : List.of("orm1", "0.norm1", "blocks.0", "norm1")) {
      writeLora();
      editConfig(n -> n.putArray("modules_to_save").add(ending));
      editArrays(a -> a.put("base_model.model.blocks.0.norm1.weight", gain));
      assertEquals(1, read().replaced().specs().size(), ending);
    }
    writeLora();
    editConfig(n -> n.putArray("modules_to_save").add("norm"));
    editArrays(a -> a.put("base_model.model.blocks.0.norm1.weight", gain));
    refused("belongs to nothing");
  }

  @Test
  void theWeightInsideAnAdaptedLayerIsTakenAndNoOther() throws IOException {
    writeLora();
    float[] weight = new float[64];
    weight[9] = 3;
    HostArray array = new HostArray(new long[] {8, 8}, weight);
    editArrays(a -> a.put(Q0 + ".base_layer.weight", array));
    assertArrayEquals(weight, read().on(base).values("blocks.0.attention.query.weight"));
    writeLora();
    editArrays(a -> a.put("base_model.model.blocks.0.attention.key.base_layer.weight", array));
    refused("belongs to nothing");
  }

  @Test
  void anEmbeddingThatIsTheHeadIsNotReplacedAlone() throws IOException {
    writeLora();
    editConfig(n -> n.putArray("modules_to_save").add("embed_tokens"));
    editArrays(
        a ->
            a.put(
                "base_model.model.model.embed_tokens.weight",
                new HostArray(new long[] {5, 8}, new float[40])));
    List<ParameterSpec> tied = new ArrayList<>(net.parameters());
    tied.add(embedding("model.embed_tokens.weight"));
    var error = assertThrows(PrecordiaException.class, () -> PeftFolder.read(folder, tied, SAME));
    assertEquals(ErrorCode.BAD_WEIGHTS, error.code());
    assertTrue(error.getMessage().contains("tied"), error.getMessage());
    List<ParameterSpec> untied = new ArrayList<>(tied);
    untied.add(embedding("lm_head.weight"));
    assertEquals(1, PeftFolder.read(folder, untied, SAME).replaced().specs().size());
  }

  private static ParameterSpec embedding(String name) {
    return new ParameterSpec(
        name, new long[] {5, 8}, ParameterSpec.Role.EMBEDDING, Initializer.NORMAL_002);
  }

  @Test
  void aRefusedFolderIsNotHalfRegistered() {
    AdapterBank bank = new AdapterBank(net.parameters(), new HostPages(8, 100), 0);
    AdapterKey key = new AdapterKey("t", "a");
    writeLora();
    bank.register(key, PeftFolder.source(folder, net.parameters(), SAME));
    editArrays(a -> a.get(Q0 + ".lora_A.weight").values()[0] = Float.NaN);
    assertThrows(PrecordiaException.class, () -> bank.pin(key));
    assertEquals(100, bank.pool().free());
    assertTrue(!bank.resident(key) && !bank.inHostMemory(key));
  }
}
