package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations by REST over the shipped weights. */
@QuarkusTest
@QuarkusTestResource(value = ShippedModelService.class, restrictToAnnotatedClass = true)
class ExplanationResourceTest {
  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static String kept(Response response) {
    return response
        .then()
        .log()
        .ifValidationFails()
        .statusCode(201)
        .extract()
        .path("items[0].instance");
  }

  private static String film(int seed) {
    return kept(
        given()
            .multiPart("file", "film.png", Samples.png(seed))
            .multiPart("subject", "EX-1-" + seed)
            .queryParam("wait", 50)
            .post("/v1/studies"));
  }

  private static String ecg() {
    return kept(
        given()
            .multiPart("file", "e.hea", Samples.wfdbHeader("e", 5))
            .multiPart("file", "e.dat", Samples.wfdbSignal(5))
            .multiPart("subject", "EX-2")
            .queryParam("wait", 50)
            .post("/v1/studies"));
  }

  private static Response ask(String instance, String text, String method, String accept) {
    return given()
        .config(
            RestAssuredConfig.config()
                .jsonConfig(
                    JsonConfig.jsonConfig()
                        .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE)))
        .accept(accept)
        .queryParam("text", text)
        .queryParam("method", method)
        .get("/v1/instances/" + instance + "/explanation");
  }

  @Test
  void aFilmIsExplainedInNumbersWithProvenance() {
    String film = film(5);
    ask(film, "pleural effusion", "gradient", "application/json")
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200)
        .header("Cache-Control", "private, no-store")
        .body("modality", equalTo("xray"))
        .body("method", equalTo("gradient"))
        .body("xray.rows", equalTo(14))
        .body("xray.cells", hasSize(14))
        .body("xray.cells[0]", hasSize(14))
        .body("xray.cells.flatten().max()", closeTo(1, 1e-6))
        .body("ecg", nullValue())
        .body("model", allOf(hasKey("id"), hasKey("sha256"), hasKey("preprocessing")))
        .body("model.adapters", hasSize(0));
    ask(film, "pleural effusion", "salient", "application/json")
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200)
        .body("xray.rows", equalTo(28));
    ask(film, "pleural effusion", "relevance", "application/json")
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200)
        .body("xray.rows", equalTo(14))
        .body("score", notNullValue());
  }

  @Test
  void aFilmIsDrawnInItsOwnSize() throws IOException {
    Response answer = ask(film(6), "something that no prompt names", "relevance", "image/png");
    answer.then().statusCode(200).contentType("image/png");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.asByteArray()));
    assertNotNull(picture);
    assertEquals(64, picture.getWidth());
    assertEquals(48, picture.getHeight());
    int coloured = 0;
    for (int i = 0; i < 64 * 48; i++) {
      int rgb = picture.getRGB(i % 64, i / 64);
      coloured += (rgb >> 16 & 0xFF) != (rgb & 0xFF) ? 1 : 0;
    }
    assertTrue(coloured > 0, "no heat over the film");
  }

  @Test
  void anEcgIsExplainedLeadByLead() throws IOException {
    String ecg = ecg();
    ask(ecg, "atrial fibrillation", "relevance", "application/json")
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200)
        .body("modality", equalTo("ecg"))
        .body("xray", nullValue())
        .body("ecg.samples", equalTo(1000))
        .body(
            "ecg.leads.lead",
            contains("I", "II", "III", "AVR", "AVL", "AVF", "V1", "V2", "V3", "V4", "V5", "V6"))
        .body("ecg.leads[3].values", hasSize(1000))
        .body("ecg.leads.share.sum()", closeTo(1, 1e-4));
    Response picture = ask(ecg, "atrial fibrillation", "relevance", "image/png");
    picture.then().statusCode(200).contentType("image/png");
    assertNotNull(ImageIO.read(new ByteArrayInputStream(picture.asByteArray())));
  }

  @Test
  void aStudysModalitiesSumToItsScore() {
    Response study =
        given()
            .multiPart("file", "film.png", Samples.png(9))
            .multiPart("report", "The heart is enlarged. No pleural effusion.")
            .multiPart("subject", "EX-4")
            .multiPart("study", "EX-4-1")
            .queryParam("wait", 50)
            .post("/v1/studies");
    String id =
        given().get("/v1/instances/" + kept(study)).then().statusCode(200).extract().path("study");
    Response answer =
        given().queryParam("text", "cardiomegaly").get("/v1/studies/" + id + "/explanation");
    answer
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200)
        .header("Cache-Control", "private, no-store")
        .body("study", equalTo(id))
        .body("modalities.modality", contains("xray", "report"))
        .body("modalities.instances", contains(1, 1))
        .body("model", allOf(hasKey("id"), hasKey("sha256")));
    double sum =
        answer.jsonPath().getDouble("modalities[0].contribution")
            + answer.jsonPath().getDouble("modalities[1].contribution");
    assertEquals(answer.jsonPath().getDouble("score"), sum, 1e-6);
    refused(given().get("/v1/studies/" + id + "/explanation"), 400, "invalid-request");
    refused(
        given().queryParam("text", "x").get("/v1/studies/" + "0".repeat(32) + "/explanation"),
        404,
        "not-found");
  }

  @Test
  void whatCannotBeExplainedIsRefusedWithAStableCode() {
    String report =
        kept(
            given()
                .multiPart("file", "r.txt", Samples.report("oedema", 3))
                .multiPart("subject", "EX-3")
                .queryParam("wait", 50)
                .post("/v1/studies"));
    refused(ask(report, "oedema", "relevance", "*/*"), 422, "unsupported-modality");
    refused(ask("0".repeat(32), "oedema", "relevance", "*/*"), 404, "not-found");
    String film = film(7);
    refused(ask(film, " ", "relevance", "*/*"), 400, "invalid-argument");
    refused(ask(film, "x".repeat(501), "relevance", "*/*"), 400, "invalid-argument");
    refused(ask(film, "oedema", "lime", "*/*"), 400, "invalid-argument");
    refused(given().get("/v1/instances/" + film + "/explanation"), 400, "invalid-request");
    refused(ask(film, "oedema", "rollout", "text/html"), 406, "not-acceptable");
  }

  private static void refused(Response response, int status, String code) {
    response.then().statusCode(status).body("code", equalTo(code));
  }
}
