package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.report.ReportTokenizer;
import io.precordia.serve.generate.TinyLanguageModels;
import io.precordia.tensor.djl.DjlOps;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generate extension over a small language model. */
@QuarkusTest
@QuarkusTestResource(value = LanguageModelService.class, restrictToAnnotatedClass = true)
class GenerateResourceTest {
  @TempDir Path dir;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static ValidatableResponse post(String model, String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post("/v2/models/" + model + "/generate")
        .then();
  }

  @Test
  void aTextIsContinuedWithItsProvenance() {
    String text =
        post("tiny-llama", "{\"text_input\":\"w3 w14\",\"parameters\":{\"max_tokens\":5}}")
            .statusCode(200)
            .body("model_name", equalTo("tiny-llama"))
            .body("text_output", matchesPattern("w\\d+( w\\d+){4}"))
            .body("prompt_tokens", equalTo(2))
            .body("new_tokens", equalTo(5))
            .body("finish_reason", equalTo("length"))
            .body("model.id", equalTo("tiny-llama"))
            .body("model.sha256", hasLength(64))
            .extract()
            .path("text_output");
    assertEquals(
        text,
        post("tiny-llama", "{\"text_input\":\"w3 w14\",\"parameters\":{\"max_tokens\":5}}")
            .extract()
            .path("text_output"));
  }

  @Test
  void otherModelsAreRefusedByName() {
    post("hashing-test", "{\"text_input\":\"w3\"}")
        .statusCode(422)
        .body("code", equalTo("not-generative"));
    post("words", "{\"text_input\":\"w3\"}")
        .statusCode(422)
        .body("code", equalTo("not-generative"));
    post("nobody", "{\"text_input\":\"w3\"}").statusCode(404).body("code", equalTo("not-found"));
    post("..", "{\"text_input\":\"w3\"}").statusCode(404);
  }

  @Test
  void badRequestsAreNamed() {
    post("tiny-llama", "{}").statusCode(400).body("code", equalTo("invalid-request"));
    post("tiny-llama", "{\"text_input\":\"\"}")
        .statusCode(400)
        .body("code", equalTo("invalid-argument"));
    post("tiny-llama", "{\"text_input\":\"w3\",\"parameters\":{\"max_tokens\":0}}")
        .statusCode(400)
        .body("code", equalTo("invalid-argument"));
    post("tiny-llama", "{\"text_input\":\"w3\",\"parameters\":{\"max_tokens\":5000}}")
        .statusCode(400)
        .body("code", equalTo("invalid-argument"));
  }

  @Test
  void theRepositoryLoadsAndUnloadsIt() {
    given()
        .post("/v2/repository/models/tiny-llama/load")
        .then()
        .statusCode(200)
        .body("state", equalTo("READY"));
    given()
        .post("/v2/repository/index")
        .then()
        .body("find { it.name == 'tiny-llama' }.state", equalTo("READY"))
        .body("find { it.name == 'hashing-test' }.state", equalTo("READY"));
    given().post("/v2/repository/models/tiny-llama/unload").then().statusCode(200);
    given()
        .post("/v2/repository/index")
        .then()
        .body("find { it.name == 'tiny-llama' }.state", equalTo("UNAVAILABLE"));
    given().post("/v2/repository/models/tiny-llama/unload").then().statusCode(404);
  }

  @Test
  void anAdapterChangesTheTokensOfTheRequestsThatNameIt() throws IOException {
    Path base = TinyLanguageModels.llama(dir.resolve("tiny-llama"), "");
    CausalLmFolder opened = CausalLm.open(base);
    Lora lora =
        new Lora(
            new LoraConfig(3, 6, 0, "", List.of("q_proj", "down_proj"), LoraConfig.BiasMode.NONE),
            opened.model().parameters());
    ParameterSet values = new ParameterSet();
    Random random = new Random(4);
    for (ParameterSpec spec : lora.parameters()) {
      float[] v = new float[spec.count()];
      for (int i = 0; i < v.length; i++) {
        v[i] = (float) random.nextGaussian();
      }
      values.put(spec, v);
    }
    PeftAdapter adapter = PeftAdapter.of(lora, values);
    Path folder = dir.resolve("adapter");
    PeftFolder.write(folder, adapter, n -> n);
    String expected;
    try (DjlOps ops = DjlOps.cpu();
        ReportTokenizer tokenizer = ReportTokenizer.load(base.resolve("tokenizer.json"))) {
      int[] added =
          opened
              .model()
              .greedy(
                  Forward.evaluation(
                      ops,
                      new FrozenParameters(ops, lora.merge(adapter.on(opened.weights()))),
                      Adapters.NONE),
                  tokenizer.ids("w3 w14", 99),
                  6,
                  Set.of());
      expected = tokenizer.text(added);
    }
    String ask = "{\"text_input\":\"w3 w14\",\"parameters\":{\"max_tokens\":6}}";
    String plain = post("tiny-llama", ask).extract().path("text_output");
    post("tiny-llama@site", ask).statusCode(404);
    given()
        .multiPart("file", "adapter_config.json", read(folder, "adapter_config.json"))
        .multiPart("file", "adapter_model.safetensors", read(folder, "adapter_model.safetensors"))
        .put("/v1/adapters/site?model=tiny-llama")
        .then()
        .statusCode(201)
        .body("rank", equalTo(3));
    String adapted =
        post("tiny-llama@site", ask)
            .statusCode(200)
            .body("model.adapters.name", contains("site"))
            .extract()
            .path("text_output");
    assertEquals(expected, adapted);
    assertNotEquals(plain, adapted);
    assertEquals(plain, post("tiny-llama", ask).extract().path("text_output"));
    assertEquals(plain, post("tiny-llama@none", ask).extract().path("text_output"));
    post("tiny-llama@site*0.5", ask).statusCode(200).body("model.adapters.weight", contains(0.5f));
    // they come back with the model
    given().post("/v2/repository/models/tiny-llama/unload").then().statusCode(200);
    assertEquals(adapted, post("tiny-llama@site", ask).extract().path("text_output"));
    given().get("/v1/adapters?model=nobody").then().statusCode(404);
    given().get("/v1/adapters?model=words").then().statusCode(422);
    given().get("/v1/adapters?model=tiny-llama").then().body("adapters.name", contains("site"));
    given().delete("/v1/adapters/site?model=tiny-llama").then().statusCode(204);
    post("tiny-llama@site", ask).statusCode(404);
  }

  private static byte[] read(Path folder, String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }
}
