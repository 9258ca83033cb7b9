package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generate extension over a small language model. */
@QuarkusTest
@QuarkusTestResource(value = LanguageModelService.class, restrictToAnnotatedClass = true)
class GenerateResourceTest {
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
}
