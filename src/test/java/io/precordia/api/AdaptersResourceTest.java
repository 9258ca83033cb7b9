package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.serve.SiteAdapters;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters by REST over the shipped weights. */
@QuarkusTest
@QuarkusTestResource(value = ShippedModelService.class, restrictToAnnotatedClass = true)
class AdaptersResourceTest {
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String TEXTS =
      "\"texts\":[\"Left pleural effusion.\",\"Atrial fibrillation.\",\"Normal chest.\"]";
  @TempDir Path dir;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static Response put(String name, Path folder) throws IOException {
    return given()
        .multiPart("file", CONFIG, Files.readAllBytes(folder.resolve(CONFIG)))
        .multiPart("file", WEIGHTS, Files.readAllBytes(folder.resolve(WEIGHTS)))
        .put("/v1/adapters/" + name);
  }

  private static JsonPath embed(String more) {
    return given()
        .contentType("application/json")
        .body("{" + TEXTS + more + "}")
        .post("/v1/embeddings")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static double distance(JsonPath a, JsonPath b, int row) {
    List<Number> x = a.getList("items[" + row + "].vectors[0]");
    List<Number> y = b.getList("items[" + row + "].vectors[0]");
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += Math.pow(x.get(i).doubleValue() - y.get(i).doubleValue(), 2);
    }
    return Math.sqrt(sum);
  }

  @Test
  void anUploadChangesTheRowsThatNameItAndNoOthers() throws IOException {
    JsonPath plain = embed("");
    Path folder = SiteAdapters.write(dir.resolve("a"), 4, 11, List.of("query", "value"));
    String sha256 =
        put("site-a", folder)
            .then()
            .statusCode(201)
            .body("name", equalTo("site-a"))
            .body("method", equalTo("lora"))
            .body("rank", equalTo(4))
            .body("previous", nullValue())
            .extract()
            .path("sha256");
    JsonPath mixed = embed(",\"models\":[null,\"more@site-a\",null]");
    // how the gate cuts rows into passes is a matter of time, and passes of other sizes round
    // otherwise
    assertTrue(distance(plain, mixed, 0) < 1e-5);
    assertTrue(distance(plain, mixed, 1) > 1e-3);
    assertTrue(distance(plain, mixed, 2) < 1e-5);
    assertEquals(sha256, mixed.getString("items[1].model.adapters[0].sha256"));
    assertEquals(List.of(), mixed.getList("items[0].model.adapters"));
    JsonPath whole = embed(",\"model\":\"precordia-more@" + sha256 + "\"");
    assertTrue(distance(whole, mixed, 1) < 1e-5);
    assertEquals("site-a", whole.getString("model.adapters[0].name"));
    given()
        .get("/v1/adapters/site-a")
        .then()
        .body("resident", equalTo(true))
        .body("sha256", equalTo(sha256));
    for (String route : new String[] {"/v1/search", "/v1/classify"}) {
      given()
          .contentType("application/json")
          .body(
              route.endsWith("search")
                  ? "{\"text\":\"effusion\",\"model\":\"more@site-a\"}"
                  : "{\"text\":\"effusion\",\"labels\":[\"pneumonia\",\"oedema\"],\"model\":\"more@site-a\"}")
          .post(route)
          .then()
          .statusCode(200)
          .body("model.adapters.name", contains("site-a"));
    }
    given()
        .contentType("application/json")
        .body(
            "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"effusion\"]}]}")
        .post("/v2/models/more@site-a/infer")
        .then()
        .statusCode(200)
        .body("outputs[0].data", hasSize(128));
    given().delete("/v1/adapters/site-a").then().statusCode(204);
  }

  @Test
  void aNameMovesAndIsDeleted() throws IOException {
    Path first = SiteAdapters.write(dir.resolve("one"), 2, 21, List.of("query"));
    Path second = SiteAdapters.write(dir.resolve("two"), 3, 22, List.of("fc1"));
    String before = put("moving", first).then().statusCode(201).extract().path("sha256");
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      for (String name : new String[] {CONFIG, WEIGHTS}) {
        out.putNextEntry(new ZipEntry("two/" + name));
        out.write(Files.readAllBytes(second.resolve(name)));
      }
    }
    given()
        .multiPart("file", "two.zip", zip.toByteArray())
        .put("/v1/adapters/moving")
        .then()
        .statusCode(200)
        .body("previous", equalTo(before))
        .body("rank", equalTo(3));
    given().get("/v1/adapters").then().body("adapters.name", hasItem("moving"));
    given().delete("/v1/adapters/moving").then().statusCode(204);
    given().get("/v1/adapters").then().body("adapters.name", not(hasItem("moving")));
    given().get("/v1/adapters/moving").then().statusCode(404);
    given().delete("/v1/adapters/moving").then().statusCode(404);
    given()
        .contentType("application/json")
        .body("{" + TEXTS + ",\"model\":\"more@moving\"}")
        .post("/v1/embeddings")
        .then()
        .statusCode(404)
        .body("code", equalTo("not-found"));
  }

  /** A link in a zip is an entry whose content is its target: never followed, so never a cycle. */
  @Test
  void linksInAnArchiveAreNotFollowed() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      for (String[] link : new String[][] {{CONFIG, "../" + WEIGHTS}, {WEIGHTS, "../" + CONFIG}}) {
        out.putNextEntry(new ZipEntry("links/" + link[0]));
        out.write(link[1].getBytes(StandardCharsets.US_ASCII));
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(zip.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.limit() - 46; at++) {
      if (bytes.getInt(at) == 0x02014b50) { // an entry of the central directory
        bytes.put(at + 5, (byte) 3); // made on Unix
        bytes.putInt(at + 38, 0xA1FF << 16); // S_IFLNK, rwxrwxrwx
      }
    }
    given()
        .multiPart("file", "links.zip", bytes.array())
        .put("/v1/adapters/links")
        .then()
        .statusCode(422)
        .body("code", equalTo("bad-weights"));
    given().get("/v1/adapters/links").then().statusCode(404);
  }

  @Test
  void badUploadsLeaveNothingBehind() throws IOException {
    Path folder = SiteAdapters.write(dir.resolve("bad"), 2, 31, List.of("query"));
    byte[] config = Files.readAllBytes(folder.resolve(CONFIG));
    byte[] weights = Files.readAllBytes(folder.resolve(WEIGHTS));
    given()
        .multiPart("file", CONFIG, config)
        .put("/v1/adapters/bad")
        .then()
        .statusCode(422)
        .body("code", equalTo("bad-weights"));
    given()
        .multiPart("file", CONFIG, config)
        .multiPart("file", "adapter_model.bin", weights)
        .put("/v1/adapters/bad")
        .then()
        .statusCode(422)
        .body("detail", notNullValue());
    weights[weights.length - 1] = (byte) 0x7F;
    weights[weights.length - 2] = (byte) 0xFF;
    given()
        .multiPart("file", CONFIG, config)
        .multiPart("file", WEIGHTS, weights)
        .put("/v1/adapters/bad")
        .then()
        .statusCode(422);
    given()
        .multiPart("file", CONFIG, config)
        .multiPart("file", WEIGHTS, weights)
        .put("/v1/adapters/Not A Name")
        .then()
        .statusCode(400);
    given().get("/v1/adapters/bad").then().statusCode(404);
  }

  @Test
  void theModelCanBeExchangedWhileItAnswers() throws InterruptedException {
    given().post("/v2/repository/models/precordia-more/load").then().statusCode(202);
    long until = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    List<String> states = List.of("LOADING");
    for (int i = 0; i < 100 || states.contains("LOADING"); i++) {
      assertTrue(System.nanoTime() < until, "the exchange does not end");
      given()
          .contentType("application/json")
          .body("{\"text\":\"effusion\"}")
          .post("/v1/search")
          .then()
          .statusCode(200);
      states =
          given()
              .post("/v2/repository/index")
              .then()
              .statusCode(200)
              .extract()
              .path("findAll { it.name == 'precordia-more' }.state");
      assertEquals("READY", states.getFirst());
      Thread.sleep(10);
    }
  }
}
