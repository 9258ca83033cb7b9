package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class StudiesResourceTest {
  /** The engine opens in the background; a machine under load takes a while. */
  @BeforeEach
  void ready() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (given().get("/q/health/ready").statusCode() != 200 && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
  }

  @Test
  void everyFileOfAMixedFormHasItsOutcome() {
    given()
        .multiPart("file", "a.txt", Samples.report("pleural effusion", 1))
        .multiPart("file", "rec1.dat", Samples.wfdbSignal(1))
        .multiPart("file", "rec1.hea", Samples.wfdbHeader("rec1", 1))
        .multiPart("file", "empty.bin", new byte[0])
        .formParam("subject", "P-1")
        .formParam("study", "S-1")
        .queryParam("wait", 20)
        .post("/v1/studies")
        .then()
        .statusCode(201)
        .body("stored", equalTo(2))
        .body("flagged", equalTo(1))
        .body("failed", equalTo(0))
        .body("items", hasSize(3))
        .body(
            "items.find { it.files[0] == 'rec1.hea' }.files",
            equalTo(java.util.List.of("rec1.hea", "rec1.dat")))
        .body("items.find { it.files[0] == 'rec1.hea' }.modality", equalTo("ecg"))
        .body("items.find { it.files[0] == 'a.txt' }.modality", equalTo("report"))
        .body("items.find { it.files[0] == 'empty.bin' }.flags[0].code", equalTo("empty"))
        .body("items.study", everyItem(notNullValue()));
  }
}
