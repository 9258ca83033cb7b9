package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Embedding, searching, classifying. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class QuestionsTest {
  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static RequestSpecification json(String body) {
    return given()
        .config(
            RestAssuredConfig.config()
                .jsonConfig(
                    JsonConfig.jsonConfig()
                        .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE)))
        .contentType("application/json")
        .body(body);
  }

  private static String keep(String finding, int seed, String subject) {
    return given()
        .multiPart("file", "r.txt", Samples.report(finding, seed))
        .multiPart("subject", subject)
        .multiPart("study", subject + "-study")
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .extract()
        .path("items[0].instance");
  }

  @Test
  void aBatchOfTextsNeverFailsAsAWhole() {
    json("{\"texts\":[\"left pleural effusion\",\"  \",\"atrial fibrillation\"],\"instances\":[\""
            + "0".repeat(32)
            + "\"]}")
        .post("/v1/embeddings")
        .then()
        .statusCode(200)
        .body("items", hasSize(4))
        .body("items.index", contains(0, 1, 2, 3))
        .body("items[0].vectors[0]", hasSize(64))
        .body("items[0].error", nullValue())
        .body("items[1].error.code", equalTo("no-text"))
        .body("items[2].vectors[0]", hasSize(64))
        .body("items[3].error.code", equalTo("not-found"))
        .body("model.id", equalTo("hashing-test"))
        .body("model.sha256", notNullValue())
        .body("model.adapters", hasSize(0))
        .body("model.preprocessing", notNullValue());
  }

  @Test
  void filesAreEmbeddedOneByOne() {
    given()
        .multiPart("file", "q.hea", Samples.wfdbHeader("q", 3))
        .multiPart("file", "q.dat", Samples.wfdbSignal(3))
        .multiPart("file", "r.txt", Samples.report("oedema", 3))
        .multiPart("file", "empty.png", new byte[0])
        .post("/v1/embeddings")
        .then()
        .statusCode(200)
        .body("items.name", contains("q.hea", "r.txt", "empty.png"))
        .body("items[0].modality", equalTo("ecg"))
        .body("items[1].modality", equalTo("report"))
        .body("items[2].error.code", equalTo("empty"));
  }

  @Test
  void searchByTextRanksTheReportWithItsWords() {
    String wanted = keep("pneumoperitoneum", 11, "Q-1");
    keep("cardiomegaly", 12, "Q-2");
    json("{\"text\":\"there is pneumoperitoneum\",\"modality\":\"report\",\"k\":1}")
        .post("/v1/search")
        .then()
        .statusCode(200)
        .body("hits", hasSize(1))
        .body("hits[0].rank", equalTo(1))
        .body("hits[0].instance", equalTo(wanted))
        .body("hits[0].modality", equalTo("report"))
        .body("model.id", equalTo("hashing-test"));
    json("{\"text\":\"pneumoperitoneum\",\"modality\":\"xray\"}")
        .post("/v1/search")
        .then()
        .statusCode(200)
        .body("hits.findAll { it.modality != 'xray' }", hasSize(0));
  }

  @Test
  void searchByFileFindsTheSameContent() {
    String instance = keep("tamponade", 21, "Q-3");
    given()
        .multiPart("file", "r.txt", Samples.report("tamponade", 21))
        .multiPart("k", "1")
        .multiPart("modality", "report")
        .post("/v1/search")
        .then()
        .statusCode(200)
        .body("hits[0].instance", equalTo(instance))
        .body("hits[0].score", closeToOne());
    json("{\"instance\":\"" + instance + "\",\"k\":1000}")
        .post("/v1/search")
        .then()
        .statusCode(200)
        .body("hits.instance", everyItem(not(equalTo(instance))));
  }

  private static org.hamcrest.Matcher<?> closeToOne() {
    return new org.hamcrest.CustomTypeSafeMatcher<Number>("about 1") {
      @Override
      protected boolean matchesSafely(Number n) {
        return Math.abs(n.doubleValue() - 1) < 1e-5;
      }
    };
  }

  @Test
  void aGroupStandsForItsBestInstance() {
    keep("bronchiectasis", 31, "Q-4");
    keep("bronchiectasis", 32, "Q-4");
    keep("bronchiectasis", 33, "Q-5");
    List<String> subjects =
        json("{\"text\":\"bronchiectasis\",\"k\":2,\"group\":\"subject\"}")
            .post("/v1/search")
            .then()
            .statusCode(200)
            .extract()
            .path("hits.subject");
    assertEquals(2, subjects.stream().distinct().count());
  }

  @Test
  void classifyGivesProbabilities() {
    String instance = keep("pericarditis", 41, "Q-6");
    json("{\"instance\":\""
            + instance
            + "\",\"labels\":[\"pericarditis\",\"pneumonia\",\"normal\"],\"prompts\":{\"normal\":[\"clear lungs\",\"nothing abnormal\"]}}")
        .post("/v1/classify")
        .then()
        .statusCode(200)
        .body("labels[0].label", equalTo("pericarditis"))
        .body("labels.probability.sum()", closeTo(1, 1e-6))
        .body("model.id", equalTo("hashing-test"));
    given()
        .multiPart("file", "r.txt", Samples.report("pneumonia", 42))
        .multiPart("labels", "pericarditis, pneumonia")
        .post("/v1/classify")
        .then()
        .statusCode(200)
        .body("labels[0].label", equalTo("pneumonia"));
  }

  @Test
  void manyCallersAtOnceAreAnsweredOrToldToComeAgain() throws Exception {
    try (var callers = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      List<java.util.concurrent.Future<Integer>> answers = new java.util.ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int seed = i;
        answers.add(
            callers.submit(
                () ->
                    json("{\"texts\":[\"case " + seed + "\"]}")
                        .post("/v1/embeddings")
                        .statusCode()));
      }
      for (var answer : answers) {
        assertTrue(List.of(200, 429).contains(answer.get()), "status " + answer.get());
      }
    }
  }
}
