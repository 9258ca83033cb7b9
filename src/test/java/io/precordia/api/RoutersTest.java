package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.compose.AdapterMixture;
import io.precordia.adapter.compose.MeteoraGates;
import io.precordia.adapter.compose.MixtureWeights;
import io.precordia.adapter.compose.XLoraScalings;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.pair.Siglip;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routers by REST, against the library's own forward pass. */
@QuarkusTest
@QuarkusTestResource(value = HubPairService.class, restrictToAnnotatedClass = true)
class RoutersTest {
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String TEXT = "left effusion right oedema .";
  @TempDir Path dir;
  private Path a;
  private Path b;

  @BeforeEach
  void ready() throws Exception {
    ServiceUnderTest.awaitReady();
    a =
        HubPairService.adapter(
            dir.resolve("a"), "lora", 2, 1, "text_model.", List.of("q_proj", "v_proj"));
    b =
        HubPairService.adapter(
            dir.resolve("b"), "lora", 3, 2, "text_model.", List.of("v_proj", "fc1"));
  }

  private static Response put(String name, Path folder) throws IOException {
    return given()
        .multiPart("file", CONFIG, Files.readAllBytes(folder.resolve(CONFIG)))
        .multiPart("file", WEIGHTS, Files.readAllBytes(folder.resolve(WEIGHTS)))
        .put("/v1/adapters/" + name);
  }

  private Response putRouter(String name, String config, Map<String, HostArray> arrays)
      throws IOException {
    Path file = dir.resolve(name + ".safetensors");
    SafetensorsWriter.write(file, arrays, ElementType.F32, Map.of());
    return given()
        .multiPart("file", "router.json", config.getBytes(StandardCharsets.UTF_8))
        .multiPart("file", "router.safetensors", Files.readAllBytes(file))
        .put("/v1/adapters/" + name);
  }

  private static ValidatableResponse post(String route, String body) {
    return given().contentType("application/json").body(body).post(route).then();
  }

  private static JsonPath embed(String body) {
    return post("/v1/embeddings", body).statusCode(200).extract().jsonPath();
  }

  private static double distance(List<Number> x, float[] y) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += Math.pow(x.get(i).doubleValue() - y[i], 2);
    }
    return Math.sqrt(sum);
  }

  /** What the library gives: the vector, and the mean weight of each member. */
  private record Expected(float[] vector, double[] shares) {}

  /** Makes the weights of a mixture; what they need beside the base goes into the set. */
  private interface Routing {
    MixtureWeights weights(Ops ops, AdapterMixture mixture, ParameterSet set, Tensor states);
  }

  private AdapterMixture mixture(ParameterSet base) {
    return new AdapterMixture(
        List.of(
            PeftFolder.read(a, base.specs(), n -> n).lowRank(),
            PeftFolder.read(b, base.specs(), n -> n).lowRank()));
  }

  private Expected library(Routing routing) throws IOException {
    Path folder = HubPairService.described(dir.resolve("described"));
    ParameterSet base = HubPairService.weights(folder);
    Siglip model = Siglip.of(HubConfig.read(folder));
    AdapterMixture mixture = mixture(base);
    double[] sums = new double[2];
    int[] calls = new int[1];
    try (DjlOps ops = DjlOps.cpu();
        Scope scope = ops.scope();
        ReportTokenizer tokenizer = ReportTokenizer.load(folder.resolve("tokenizer.json"))) {
      int longest = model.text().maxTokens();
      TextBatch batch =
          TextBatch.full(List.of(tokenizer.ids(TEXT, longest)), model.text().padId(), longest);
      ParameterSet set = mixture.on(base);
      Tensor states =
          model
              .text()
              .states(
                  Forward.evaluation(ops, new FrozenParameters(ops, base), Adapters.NONE), batch);
      MixtureWeights weights = routing.weights(ops, mixture, set, states);
      MixtureWeights watched =
          (f, path, x) -> {
            Tensor w = weights.at(f, path, x);
            float[] all = ops.download(w);
            for (int i = 0; i < all.length; i++) {
              sums[i % 2] += all[i];
            }
            calls[0] += all.length / 2;
            return w;
          };
      float[] vector =
          ops.download(
              model.texts(
                  Forward.evaluation(ops, new FrozenParameters(ops, set), mixture.hooks(watched)),
                  batch));
      return new Expected(vector, new double[] {sums[0] / calls[0], sums[1] / calls[0]});
    }
  }

  private static HostArray random(long seed, long... shape) {
    Random random = new Random(seed);
    float[] values = new float[(int) (shape.length == 1 ? shape[0] : shape[0] * shape[1])];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new HostArray(shape, values);
  }

  private Map<String, HostArray> gates() throws IOException {
    ParameterSet base = HubPairService.weights(dir.resolve("described"));
    Map<String, HostArray> out = new LinkedHashMap<>();
    mixture(base)
        .layers()
        .forEach(
            s ->
                out.put(
                    "base_model.model." + s.path() + ".meteora_gate.weight",
                    random(s.path().hashCode(), 2, s.in())));
    return out;
  }

  private void assertRouted(JsonPath answer, int item, String router, Expected expected) {
    assertTrue(
        distance(answer.getList("items[" + item + "].vectors[0]"), expected.vector()) < 1e-5);
    String adapters = "items[" + item + "].model.adapters";
    assertEquals(List.of(router, "side-a", "side-b"), answer.getList(adapters + ".name"));
    assertEquals(1.0, answer.getDouble(adapters + "[0].weight"));
    for (int k = 0; k < 2; k++) {
      assertEquals(
          expected.shares()[k], answer.getDouble(adapters + "[" + (k + 1) + "].weight"), 1e-5);
      assertEquals(64, answer.getString(adapters + "[" + (k + 1) + "].sha256").length());
    }
  }

  @Test
  void meteoraGatesChooseTokenByTokenAndSayHowStrongly() throws IOException {
    put("side-a", a).then().statusCode(201);
    String digest = put("side-b", b).path("sha256");
    Map<String, HostArray> gates = gates();
    putRouter(
            "gates",
            "{\"router\":\"meteora\",\"members\":[\"side-a\",{\"name\":\"side-b\",\"sha256\":\""
                + digest
                + "\"}],\"top_k\":2,\"temperature\":2.5}",
            gates)
        .then()
        .statusCode(201)
        .body("method", equalTo("meteora"))
        .body("rank", equalTo(5))
        .body("members.name", contains("side-a", "side-b"));
    Expected expected =
        library(
            (ops, mixture, set, states) -> {
              MeteoraGates own = new MeteoraGates(mixture, 2, 2.5);
              for (ParameterSpec spec : own.parameters()) {
                set.put(spec, gates.get("base_model.model." + spec.name()).values());
              }
              return own;
            });
    JsonPath answer =
        embed(
            "{\"texts\":[\"x\",\""
                + TEXT
                + "\",\""
                + TEXT
                + "\",\"right oedema\"],"
                + "\"models\":[null,\"pair@gates\",\"pair@side-a\",\"pair@gates\"]}");
    assertRouted(answer, 1, "gates", expected);
    assertEquals(List.of(), answer.getList("items[0].model.adapters"));
    assertEquals(List.of("side-a"), answer.getList("items[2].model.adapters.name"));
    assertTrue(distance(answer.getList("items[2].vectors[0]"), expected.vector()) > 1e-3);
    // other words, other weights
    assertTrue(
        Math.abs(
                answer.getDouble("items[3].model.adapters[1].weight")
                    - answer.getDouble("items[1].model.adapters[1].weight"))
            > 1e-4);
    // every question says it
    post("/v1/search", "{\"text\":\"oedema\",\"model\":\"pair@gates\"}")
        .statusCode(200)
        .body("model.adapters.name", contains("gates", "side-a", "side-b"));
    post("/v1/classify", "{\"text\":\"oedema\",\"labels\":[\"a\",\"b\"],\"model\":\"pair@gates\"}")
        .statusCode(200)
        .body("model.adapters.name", contains("gates", "side-a", "side-b"));
    post(
            "/v2/models/pair@gates/infer",
            "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"oedema\"]}]}")
        .statusCode(200)
        .body("model_version", not(containsString("*")))
        .body("parameters.adapters.name", contains("gates", "side-a", "side-b"));
    // members stay as long as the router does
    given().delete("/v1/adapters/side-a").then().statusCode(409).body("code", equalTo("conflict"));
    put("side-a", b).then().statusCode(200);
    assertRouted(
        embed("{\"texts\":[\"" + TEXT + "\"],\"models\":[\"pair@gates\"]}"), 0, "gates", expected);
    post("/v1/embeddings", "{\"texts\":[\"x\"],\"model\":\"pair@gates*0.5\"}").statusCode(400);
    given().delete("/v1/adapters/gates").then().statusCode(204);
    given().delete("/v1/adapters/side-a").then().statusCode(204);
    given().delete("/v1/adapters/side-b").then().statusCode(204);
    given().get("/v1/adapters").then().body("adapters.name", not(hasItem("gates")));
  }

  @Test
  void anXLoraFolderOfPeftBringsItsMembers() throws IOException {
    HostArray inner = random(5, 6, 32);
    HostArray bias = random(6, 6);
    HostArray last = random(7, 2, 6);
    HostArray lastBias = random(8, 2);
    Path file = dir.resolve("classifier.safetensors");
    String at = "base_model.internal_xlora_classifier.layers.";
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put(at + "0.weight", inner);
    arrays.put(at + "0.bias", bias);
    arrays.put(at + "3.weight", last);
    arrays.put(at + "3.bias", lastBias);
    SafetensorsWriter.write(file, arrays, ElementType.F32, Map.of());
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(
        "x/" + CONFIG,
        "{\"peft_type\":\"XLORA\",\"hidden_size\":32,\"adapters\":{\"side-a\":\"./a\",\"side-b\":\"far/b\"},\"xlora_depth\":2,\"xlora_size\":6,\"enable_softmax\":true,\"softmax_temperature\":1.5,\"layerwise_scalings\":false,\"top_k_lora\":null,\"scaling_pass_value\":0.0,\"global_scaling_weight\":2.0}"
            .getBytes(StandardCharsets.UTF_8));
    entries.put("x/" + WEIGHTS, Files.readAllBytes(file));
    for (Path member : List.of(a, b)) {
      for (String name : List.of(CONFIG, WEIGHTS)) {
        entries.put(
            "x/" + member.getFileName() + "/" + name, Files.readAllBytes(member.resolve(name)));
      }
    }
    given()
        .multiPart("file", "x.zip", zip(entries))
        .put("/v1/adapters/looks")
        .then()
        .statusCode(201)
        .body("method", equalTo("xlora"))
        .body("members.name", contains("side-a", "side-b"));
    Expected expected =
        library(
            (ops, mixture, set, states) -> {
              Tensor hidden =
                  ops.linear(
                      states,
                      ops.upload(inner.values(), 6, 32),
                      ops.upload(bias.values(), 6),
                      io.precordia.tensor.Activation.RELU,
                      null);
              Tensor logits =
                  ops.linear(
                      hidden,
                      ops.upload(last.values(), 2, 6),
                      ops.upload(lastBias.values(), 2),
                      io.precordia.tensor.Activation.IDENTITY,
                      null);
              return XLoraScalings.of(
                  ops,
                  ops.reshape(logits, 1, logits.size(1), 1, 2),
                  mixture,
                  new XLoraScalings.Settings(true, 1.5, 0, false, 2));
            });
    JsonPath answer =
        embed("{\"texts\":[\"x\",\"" + TEXT + "\"],\"models\":[null,\"pair@looks\"]}");
    assertRouted(answer, 1, "looks", expected);
    assertEquals(2, expected.shares()[0] + expected.shares()[1], 1e-5);
    // the members have no names of their own, and go with the router
    given().get("/v1/adapters/side-a").then().statusCode(404);
    given().delete("/v1/adapters/looks").then().statusCode(204);
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  private void refused(String config, Map<String, HostArray> arrays, String why)
      throws IOException {
    putRouter("bad", config, arrays)
        .then()
        .statusCode(422)
        .body("code", equalTo("bad-weights"))
        .body("detail", containsString(why));
    given().get("/v1/adapters/bad").then().statusCode(404);
  }

  @Test
  void badRoutersAreRefusedByName() throws IOException {
    put("side-a", a).then().statusCode(201);
    put("side-b", b).then().statusCode(201);
    Path dora =
        HubPairService.adapter(dir.resolve("d"), "dora", 2, 3, "text_model.", List.of("q_proj"));
    put("side-d", dora).then().statusCode(201);
    String meteora = "{\"router\":\"meteora\",\"members\":[\"side-a\",\"side-b\"]}";
    Map<String, HostArray> gates = gates();
    refused(
        "{\"router\":\"meteora\",\"members\":[\"side-a\",\"nobody\"]}",
        gates,
        "neither in the upload");
    refused("{\"router\":\"meteora\",\"members\":[\"side-a\",\"side-a\"]}", gates, "named twice");
    refused("{\"router\":\"meteora\",\"members\":[]}", gates, "members");
    refused(
        "{\"router\":\"meteora\",\"members\":[\"side-a\",\"side-b\"],\"top_k\":3}", gates, "top_k");
    refused("{\"router\":\"coin\",\"members\":[\"side-a\"]}", gates, "router");
    refused("{\"router\":\"meteora\",\"members\":[\"side-a\"],\"colour\":1}", gates, "colour");
    refused("{\"router\":\"meteora\",\"members\":[\"side-a\",\"side-d\"]}", gates, "must be LoRA");
    refused("no json", gates, "JSON");
    List<String> names = new ArrayList<>(gates.keySet());
    Map<String, HostArray> fewer = new LinkedHashMap<>(gates);
    fewer.remove(names.getFirst());
    refused(meteora, fewer, "no gate");
    Map<String, HostArray> more = new LinkedHashMap<>(gates);
    more.put("text_model.encoder.layers.0.self_attn.k_proj.meteora_gate.weight", random(1, 2, 32));
    refused(meteora, more, "no member changes");
    Map<String, HostArray> wide = new LinkedHashMap<>(gates);
    wide.put(names.getFirst(), random(1, 3, 32));
    refused(meteora, wide, "shape");
    Map<String, HostArray> nan = new LinkedHashMap<>(gates);
    HostArray hole = random(1, 2, 32);
    hole.values()[3] = Float.NaN;
    nan.put(names.getFirst(), hole);
    refused(meteora, nan, "finite");
    String xlora = "{\"router\":\"xlora\",\"members\":[\"side-a\",\"side-b\"]}";
    refused(xlora, Map.of("layers.0.weight", random(2, 3, 32)), "outputs");
    refused(xlora, Map.of("layers.0.weight", random(2, 2, 31)), "width");
    refused(xlora, Map.of("strange", random(2, 2, 32)), "strange");
    // a router is no member of another
    putRouter("good", meteora, gates).then().statusCode(201);
    refused("{\"router\":\"meteora\",\"members\":[\"good\",\"side-b\"]}", gates, "must be LoRA");
    given()
        .multiPart("file", "router.json", meteora.getBytes(StandardCharsets.UTF_8))
        .put("/v1/adapters/bad")
        .then()
        .statusCode(422);
    for (String name : List.of("good", "side-a", "side-b", "side-d")) {
      given().delete("/v1/adapters/" + name).then().statusCode(204);
    }
  }
}
