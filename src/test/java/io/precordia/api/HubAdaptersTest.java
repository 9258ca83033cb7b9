package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters of every kind by REST over a hub folder, sums of them, and default adapters. */
@QuarkusTest
@QuarkusTestResource(value = HubPairService.class, restrictToAnnotatedClass = true)
class HubAdaptersTest {
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String WORDS = "text_model.";
  private static final String PICTURES = "vision_model.";
  @TempDir Path dir;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private Path folder(String method, long seed, String within, String... targets)
      throws IOException {
    return HubPairService.adapter(
        dir.resolve(method + seed), method, 2, seed, within, List.of(targets));
  }

  private static Response put(String name, Path folder) throws IOException {
    return given()
        .multiPart("file", CONFIG, Files.readAllBytes(folder.resolve(CONFIG)))
        .multiPart("file", WEIGHTS, Files.readAllBytes(folder.resolve(WEIGHTS)))
        .put("/v1/adapters/" + name);
  }

  private static ValidatableResponse post(String route, String body) {
    return given().contentType("application/json").body(body).post(route).then();
  }

  private static JsonPath embed(String body) {
    return post("/v1/embeddings", body).statusCode(200).extract().jsonPath();
  }

  private static List<Number> vector(JsonPath answer, int item) {
    return answer.getList("items[" + item + "].vectors[0]");
  }

  private static double distance(List<Number> x, List<Number> y) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += Math.pow(x.get(i).doubleValue() - y.get(i).doubleValue(), 2);
    }
    return Math.sqrt(sum);
  }

  private static String keep(int seed, String site) {
    return given()
        .multiPart("file", "x.png", Samples.png(seed))
        .multiPart("subject", "S-" + seed)
        .multiPart("study", "S-" + seed)
        .multiPart("site", site)
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .extract()
        .path("items[0].instance");
  }

  @Test
  void adaptersOfEveryKindChangeExactlyTheRowsThatNameThem() throws IOException {
    String texts =
        "\"texts\":[\"left effusion\",\"left effusion\",\"left effusion\",\"left effusion\"]";
    List<Number> plain = vector(embed("{" + texts + "}"), 0);
    put("words-lora", folder("lora", 1, WORDS, "q_proj", "v_proj"))
        .then()
        .statusCode(201)
        .body("method", equalTo("lora"))
        .body("targets", hasSize(4));
    put("words-dora", folder("dora", 2, WORDS, "q_proj", "fc1"))
        .then()
        .statusCode(201)
        .body("method", equalTo("dora"));
    put("words-ia3", folder("ia3", 3, WORDS, "k_proj", "v_proj", "fc2"))
        .then()
        .statusCode(201)
        .body("method", equalTo("ia3"))
        .body("rank", equalTo(0));
    JsonPath mixed =
        embed(
            "{"
                + texts
                + ",\"models\":[\"pair@words-dora\",null,\"pair@words-ia3\",\"pair@words-lora\"]}");
    // In one pass it is equal to the bit (adapter.bank); how the gate cuts rows into
    // passes is a matter of time, and a pass of another size rounds otherwise.
    assertTrue(distance(plain, vector(mixed, 1)) < 1e-5, "a row without adapter");
    for (int row : new int[] {0, 2, 3}) {
      assertTrue(distance(plain, vector(mixed, row)) > 1e-2, "row " + row);
    }
    assertEquals("words-dora", mixed.getString("items[0].model.adapters[0].name"));
    // the same row alone
    JsonPath alone = embed("{\"texts\":[\"left effusion\"],\"model\":\"pair@words-ia3\"}");
    assertTrue(distance(vector(alone, 0), vector(mixed, 2)) < 1e-5);
    // an adapter of the words leaves pictures alone
    String xray = keep(40, "East Wing");
    String ask = "{\"instances\":[\"" + xray + "\"]";
    assertEquals(
        vector(embed(ask + "}"), 0), vector(embed(ask + ",\"model\":\"pair@words-lora\"}"), 0));
    for (String name : new String[] {"words-lora", "words-dora", "words-ia3"}) {
      given().delete("/v1/adapters/" + name).then().statusCode(204);
    }
  }

  @Test
  void anAdapterOfAnotherBaseIsRefused() throws IOException {
    Path folder = folder("lora", 5, WORDS, "q_proj");
    for (String file : new String[] {CONFIG, WEIGHTS}) {
      byte[] bytes = Files.readAllBytes(folder.resolve(file));
      String text = new String(bytes, StandardCharsets.ISO_8859_1).replace(WORDS, "nobo_model.");
      Files.write(folder.resolve(file), text.getBytes(StandardCharsets.ISO_8859_1));
    }
    put("other", folder)
        .then()
        .statusCode(422)
        .body("code", equalTo("bad-weights"))
        .body("detail", containsString("another base"));
    given().get("/v1/adapters/other").then().statusCode(404);
  }

  @Test
  void aWeightedSumIsAnAddressEverywhere() throws IOException {
    String a = put("sum-a", folder("lora", 11, WORDS, "q_proj", "v_proj")).path("sha256");
    String b = put("sum-b", folder("lora", 12, WORDS, "v_proj", "fc1")).path("sha256");
    put("sum-d", folder("dora", 13, WORDS, "q_proj")).then().statusCode(201);
    String sum = "pair@sum-a*0.7+sum-b*0.3";
    JsonPath first = embed("{\"texts\":[\"right oedema\"],\"model\":\"" + sum + "\"}");
    assertEquals(List.of("sum-a", "sum-b"), first.getList("model.adapters.name"));
    assertEquals(List.of(a, b), first.getList("model.adapters.sha256"));
    assertEquals(0.7, first.getDouble("model.adapters[0].weight"), 1e-6);
    JsonPath mixed =
        embed(
            "{\"texts\":[\"right oedema\",\"right oedema\",\"right oedema\"],\"models\":[null,\""
                + sum
                + "\",\"pair@sum-a\"]}");
    assertTrue(distance(vector(first, 0), vector(mixed, 1)) < 1e-5);
    assertTrue(distance(vector(mixed, 0), vector(mixed, 1)) > 1e-2);
    assertTrue(distance(vector(mixed, 2), vector(mixed, 1)) > 1e-2);
    // the sum with weight 1 of one adapter is that adapter
    JsonPath whole = embed("{\"texts\":[\"right oedema\"],\"model\":\"pair@sum-a*1\"}");
    assertTrue(distance(vector(mixed, 2), vector(whole, 0)) < 1e-5);
    post("/v1/search", "{\"text\":\"oedema\",\"model\":\"" + sum + "\"}")
        .statusCode(200)
        .body("model.adapters.name", contains("sum-a", "sum-b"));
    post("/v1/classify", "{\"text\":\"oedema\",\"labels\":[\"a\",\"b\"],\"model\":\"" + sum + "\"}")
        .statusCode(200)
        .body("model.adapters.name", contains("sum-a", "sum-b"));
    post(
            "/v2/models/" + sum + "/infer",
            "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"oedema\"]}]}")
        .statusCode(200)
        .body("model_version", containsString("*0.7+"));
    // LoRA and DoRA add up too
    post("/v1/embeddings", "{\"texts\":[\"x\"],\"model\":\"pair@sum-a+sum-d*0.5\"}")
        .statusCode(200)
        .body("model.adapters.name", contains("sum-a", "sum-d"));
    post("/v1/embeddings", "{\"texts\":[\"x\"],\"model\":\"pair@sum-a*x\"}").statusCode(400);
    post("/v1/embeddings", "{\"texts\":[\"x\"],\"model\":\"pair@sum-a+nobody\"}").statusCode(404);
    for (String name : new String[] {"sum-a", "sum-b", "sum-d"}) {
      given().delete("/v1/adapters/" + name).then().statusCode(204);
    }
    post("/v1/embeddings", "{\"texts\":[\"x\"],\"model\":\"" + sum + "\"}").statusCode(404);
  }

  @Test
  void aRuleChoosesTheAdapterOfAKeptInstance() throws IOException {
    put("north", folder("lora", 21, PICTURES, "q_proj", "fc1")).then().statusCode(201);
    put("north-words", folder("lora", 22, WORDS, "q_proj", "v_proj")).then().statusCode(201);
    String north = keep(51, "North Wing");
    String south = keep(52, "South Wing");
    String east = keep(53, "East Wing");
    JsonPath all =
        embed(
            "{\"texts\":[\"oedema\"],\"instances\":[\""
                + north
                + "\",\""
                + south
                + "\",\""
                + east
                + "\"]}");
    assertEquals(List.of(), all.getList("items[0].model.adapters"));
    assertEquals(List.of("north"), all.getList("items[1].model.adapters.name"));
    assertEquals("not-found", all.getString("items[2].error.code"), "its adapter is not there");
    assertEquals(List.of(), all.getList("items[3].model.adapters"));
    String ask = "{\"instances\":[\"" + north + "\"],\"model\":\"pair";
    JsonPath plain = embed(ask + "@none\"}");
    assertEquals(List.of(), plain.getList("model.adapters"));
    assertTrue(distance(vector(plain, 0), vector(all, 1)) > 1e-3);
    JsonPath named = embed(ask + "@north-words\"}");
    assertEquals("north-words", named.getString("items[0].model.adapters[0].name"));
    JsonPath own = embed(ask + "\"}");
    assertEquals("north", own.getString("items[0].model.adapters[0].name"));
    String search = "{\"instance\":\"" + north + "\"";
    post("/v1/search", search + "}").body("model.adapters.name", contains("north"));
    post("/v1/search", search + ",\"model\":\"pair@none\"}").body("model.adapters", hasSize(0));
    post("/v1/search", "{\"text\":\"oedema\",\"filter\":\"site:\\\"North Wing\\\"\"}")
        .statusCode(200)
        .body("model.adapters.name", contains("north-words"));
    post("/v1/search", "{\"text\":\"oedema\"}").body("model.adapters", hasSize(0));
    post("/v1/classify", "{\"instance\":\"" + north + "\",\"labels\":[\"a\",\"b\"]}")
        .statusCode(200)
        .body("model.adapters.name", contains("north"));
    post("/v1/search", "{\"instance\":\"" + south + "\"}")
        .statusCode(404)
        .body("detail", containsString("precordia.adapters.defaults"));
    assertNotEquals(vector(all, 1), vector(all, 3));
    given().delete("/v1/adapters/north").then().statusCode(204);
    given().delete("/v1/adapters/north-words").then().statusCode(204);
  }
}
