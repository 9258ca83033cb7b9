package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Open Inference Protocol against the deterministic encoder, which takes no adapters. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class InferenceResourceTest {
  private static final String INFER = "/v2/models/hashing-test/infer";

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  @Test
  void itSaysWhatItIs() {
    given().get("/v2").then().statusCode(200).body("name", equalTo("precordia"));
    given().get("/v2/health/live").then().body("live", equalTo(true));
    given().get("/v2/health/ready").then().body("ready", equalTo(true));
    given()
        .get("/v2/models/hashing-test")
        .then()
        .body("inputs.name", contains("text", "image"))
        .body("outputs[0].shape", contains(-1, 64));
    given().get("/v2/models/other").then().statusCode(404).body("code", equalTo("not-found"));
    given()
        .post("/v2/repository/index")
        .then()
        .statusCode(200)
        .body("find { it.name == 'hashing-test' }.state", equalTo("READY"))
        .body("name", hasItem("precordia-more"));
  }

  @Test
  void textsBecomeRowsOfOneTensor() {
    given()
        .contentType("application/json")
        .body(
            "{\"id\":\"7\",\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"effusion\",\"oedema\"]}]}")
        .post(INFER)
        .then()
        .statusCode(200)
        .body("id", equalTo("7"))
        .body("model_name", equalTo("hashing-test"))
        .body("outputs[0].shape", contains(2, 64))
        .body("outputs[0].data", hasSize(128));
  }

  @Test
  void badTensorsAreNamed() {
    String[] bodies = {
      "{}",
      "{\"inputs\":[]}",
      "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[\"a\"]}]}",
      "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"a\"]}]}",
      "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"a\"]}]}",
      "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"%%%\"]}]}",
    };
    for (String body : bodies) {
      given()
          .contentType("application/json")
          .body(body)
          .post(INFER)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-request"));
    }
  }

  @Test
  void adaptersNeedAModelThatTakesThem() {
    given().get("/v1/adapters").then().statusCode(400).body("code", equalTo("invalid-argument"));
    given()
        .contentType("application/json")
        .body("{\"texts\":[\"a\"],\"model\":\"hashing-test@site-a\"}")
        .post("/v1/embeddings")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-argument"));
  }

  @Test
  void whatCannotBeLoadedOrUnloadedIsRefused() {
    for (String name : new String[] {"nothing", "..", "a b"}) {
      given().post("/v2/repository/models/{n}/load", name).then().statusCode(404);
    }
    given().post("/v2/repository/models/hashing-test/unload").then().statusCode(409);
  }
}
