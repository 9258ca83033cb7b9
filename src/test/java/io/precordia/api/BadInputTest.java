package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is sent, the answer is a problem document with a stable code or a flagged instance;
 * never a 500, a trace, or an echo of values.
 */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class BadInputTest {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)");

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  @TestHTTPResource("/")
  URI base;

  private static ValidatableResponse isProblem(
      ValidatableResponse response, int status, String code) {
    return response
        .statusCode(status)
        .contentType(startsWith(Problem.MEDIA_TYPE))
        .body("status", equalTo(status))
        .body("code", equalTo(code))
        .body("type", equalTo("urn:precordia:problem:" + code))
        .body("title", not(equalTo("")))
        .body("detail", not(equalTo("")))
        .body("instance", startsWith("urn:uuid:"))
        .body(not(containsString("Exception")))
        .body(not(containsString("\tat ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/search     | {"text":                                        | 400 | invalid-request
          /v1/search     | [1,2]                                           | 400 | invalid-request
          /v1/search     | "text"                                          | 400 | invalid-request
          /v1/search     | null                                            | 400 | invalid-request
          /v1/search     | {}                                              | 400 | invalid-request
          /v1/search     | {} {}                                           | 400 | invalid-request
          /v1/search     | {"text":"a","kk":3}                             | 400 | invalid-request
          /v1/search     | {"text":"a","instance":"b"}                     | 400 | invalid-request
          /v1/search     | {"text":{"a":1}}                                | 400 | invalid-request
          /v1/search     | {"text":"  "}                                   | 400 | invalid-argument
          /v1/search     | {"text":"a","k":0}                              | 400 | invalid-argument
          /v1/search     | {"text":"a","k":1000000}                        | 400 | invalid-argument
          /v1/search     | {"text":"a","k":"many"}                         | 400 | invalid-request
          /v1/search     | {"text":"a","k":99999999999}                    | 400 | invalid-request
          /v1/search     | {"text":"a","words":2}                          | 400 | invalid-argument
          /v1/search     | {"text":"a","words":NaN}                        | 400 | invalid-request
          /v1/search     | {"text":"a","modality":"ct"}                    | 400 | invalid-argument
          /v1/search     | {"text":"a","group":"family"}                   | 400 | invalid-argument
          /v1/search     | {"text":"a","filter":"((("}                     | 400 | invalid-argument
          /v1/search     | {"instance":"../../etc/passwd"}                 | 404 | not-found
          /v1/embeddings | {}                                              | 400 | invalid-request
          /v1/embeddings | {"texts":[]}                                    | 400 | invalid-request
          /v1/embeddings | {"texts":[null]}                                | 400 | invalid-request
          /v1/embeddings | {"texts":"a"}                                   | 400 | invalid-request
          /v1/classify   | {}                                              | 400 | invalid-request
          /v1/classify   | {"text":"a","labels":[]}                        | 400 | invalid-argument
          /v1/classify   | {"text":"a","labels":["x"]}                     | 400 | invalid-argument
          /v1/classify   | {"text":"a","labels":["x","x"]}                 | 400 | invalid-argument
          /v1/classify   | {"text":"a","labels":["x",""]}                  | 400 | invalid-argument
          /v1/classify   | {"text":"a","labels":["x",null]}                | 400 | invalid-request
          /v1/classify   | {"text":"a","labels":["x","y"],"prompts":{"z":["s"]}} | 400 | invalid-argument
          /v1/classify   | {"text":"a","labels":["x","y"],"prompts":{"x":[]}}    | 400 | invalid-argument
          /v1/classify   | {"text":"a","labels":["x","y"],"prompts":{"x":null}}  | 400 | invalid-argument
          /v1/classify   | {"text":"a","labels":["x","y"],"prompts":{"x":[null]}} | 400 | invalid-argument
          /v1/outcomes   | {"instances":["nope"]}                          | 404 | not-found
          /v1/outcomes   | {"instances":[]}                                | 400 | invalid-request
          """)
  void badJson(String path, String body, int status, String code) {
    isProblem(given().contentType("application/json").body(body).post(path).then(), status, code);
  }

  @Test
  void valuesAreNeverEchoed() {
    given()
        .contentType("application/json")
        .body("{\"text\":\"a\",\"Jane Doe born 1950\":\"Jane Doe\",\"k\":\"Jane Doe\"}")
        .post("/v1/search")
        .then()
        .statusCode(400)
        .body(not(containsString("Jane")));
  }

  @Test
  void deepAndLongJson() throws IOException {
    // sent raw: the test's own client would lay the brackets out for its log
    String answer = raw(search("[".repeat(100_000)));
    assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("invalid-request"), answer);
    isProblem(
        given()
            .contentType("application/json")
            .body("{\"text\":\"" + "a".repeat(3 << 20) + "\"}")
            .post("/v1/search")
            .then(),
        400,
        "invalid-argument");
    isProblem(
        given().contentType("application/json").post("/v1/search").then(), 400, "invalid-request");
  }

  @Test
  void errorsOfTheFrameworkAreProblemsToo() {
    isProblem(given().get("/nope").then(), 404, "not-found");
    isProblem(given().get("/v1/nope").then(), 404, "not-found");
    isProblem(given().get("/v1/studies/0123").then(), 404, "not-found");
    isProblem(given().get("/v1/instances/%00").then(), 404, "not-found");
    isProblem(given().get("/v1/instances/%2e%2e%2fetc%2fpasswd/rendered").then(), 404, "not-found");
    isProblem(given().delete("/v1/studies").then(), 405, "method-not-allowed");
    isProblem(given().get("/v1/search").then(), 405, "method-not-allowed");
    isProblem(
        given().contentType("text/xml").body("<a/>").post("/v1/search").then(),
        415,
        "unsupported-format");
    isProblem(
        given().contentType("application/json").body("{}").post("/v1/studies").then(),
        415,
        "unsupported-format");
    isProblem(
        given()
            .contentType("application/json")
            .accept("image/png")
            .body("{\"text\":\"a\"}")
            .post("/v1/search")
            .then(),
        406,
        "not-acceptable");
    isProblem(
        given()
            .header("Origin", "https://evil.example")
            .contentType("application/json")
            .body("{}")
            .post("/v1/search")
            .then(),
        403,
        "forbidden");
    isProblem(
        given()
            .queryParam("wait", "soon")
            .multiPart("file", "a.txt", "abc".getBytes(StandardCharsets.UTF_8))
            .post("/v1/studies")
            .then(),
        400,
        "invalid-argument");
    isProblem(given().queryParam("after", "-1").get("/v1/flagged").then(), 400, "invalid-argument");
  }

  static Stream<Arguments> flaggedFiles() throws IOException {
    byte[] header = Samples.wfdbHeader("t", 9);
    byte[] dicom = new byte[200];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        zip.write(zeros);
      }
    }
    return Stream.of(
        Arguments.of("empty.dcm", new byte[0]),
        Arguments.of("short.dcm", dicom),
        Arguments.of("cut.png", Arrays.copyOf(Samples.png(3), 100)),
        Arguments.of("huge.png", Samples.hugePng()),
        Arguments.of("bomb.gz", bomb.toByteArray()),
        Arguments.of("nan.csv", Samples.csv("NaN")),
        Arguments.of(
            "leadless.csv", "time,foo,bar\n0,1,2\n0.1,1,2\n".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("alone.hea", header),
        Arguments.of("alone.dat", Samples.wfdbSignal(9)),
        Arguments.of("program.elf", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}),
        Arguments.of("latin1.txt", new byte[] {(byte) 0xe4, (byte) 0xff, 0, 1, 2, 3}),
        Arguments.of("noise.bin", noise()),
        Arguments.of("../../../../etc/passwd", new byte[] {0, 1, 2}),
        Arguments.of("a\u202e<script>alert(1)</script>\u0001.png", new byte[] {0, 1, 3}));
  }

  private static byte[] noise() {
    byte[] bytes = new byte[5000];
    new java.util.Random(4).nextBytes(bytes);
    bytes[0] = 0;
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("flaggedFiles")
  void whatCannotBeReadIsKeptAndFlagged(String name, byte[] content) {
    ValidatableResponse answer =
        given()
            .multiPart("file", name, content)
            .queryParam("wait", 50)
            .post("/v1/studies")
            .then()
            .statusCode(is(oneOf(200, 201)));
    answer
        .body("items", hasSize(1))
        .body("items[0].outcome", is(oneOf("flagged", "duplicate")))
        .body("stored", equalTo(0));
    String file = answer.extract().path("items[0].files[0]");
    assertFalse(file.contains("/") || file.contains("\r"), file);
    // the same file as a question: an item with an error, not a failure of the request
    given()
        .multiPart("file", name, content)
        .post("/v1/embeddings")
        .then()
        .statusCode(200)
        .body("items[0].error.code", not(equalTo("internal")));
    int status =
        given()
            .multiPart("file", name, content)
            .multiPart("labels", "a,b")
            .post("/v1/classify")
            .statusCode();
    assertTrue(status == 415 || status == 422 || status == 413, "classify answered " + status);
  }

  @Test
  void brokenForms() throws IOException {
    for (String type :
        new String[] {
          "multipart/form-data",
          "multipart/form-data; boundary=B",
          "multipart/form-data; boundary=B; boundary=C"
        }) {
      for (String body :
          new String[] {
            "x",
            "--B--\r\n",
            "--B\r\n\r\n",
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n"
          }) {
        String answer =
            raw(
                "POST /v1/studies HTTP/1.1\r\nHost: "
                    + base.getAuthority()
                    + "\r\nContent-Type: "
                    + type
                    + "\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
        assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("invalid-request"), answer);
      }
    }
    isProblem(
        given()
            .multiPart("colour", "red")
            .multiPart("file", "a.txt", new byte[] {65})
            .post("/v1/studies")
            .then(),
        400,
        "invalid-request");
    isProblem(
        given()
            .multiPart("date", "yesterday")
            .multiPart("file", "a.txt", new byte[] {65})
            .post("/v1/studies")
            .then(),
        400,
        "invalid-argument");
    isProblem(
        given()
            .multiPart("age", "1e9")
            .multiPart("file", "a.txt", new byte[] {65})
            .post("/v1/studies")
            .then(),
        400,
        "invalid-argument");
    isProblem(
        given().multiPart("labels", "a,b").post("/v1/classify").then(), 400, "invalid-request");
    isProblem(
        given()
            .multiPart("file", "a.txt", Samples.report("x", 1))
            .multiPart("labels", "a,b")
            .multiPart("prompts", "{")
            .post("/v1/classify")
            .then(),
        400,
        "invalid-request");
    isProblem(
        given()
            .multiPart("file", "a.txt", Samples.report("x", 1))
            .multiPart("file", "b.txt", Samples.report("y", 2))
            .post("/v1/search")
            .then(),
        400,
        "invalid-request");
  }

  @Test
  void tooLarge() {
    isProblem(
        given().multiPart("file", "big.dcm", new byte[(1 << 20) + 10]).post("/v1/studies").then(),
        413,
        "too-large");
    isProblem(
        given()
            .multiPart("file", "big.dcm", new byte[(1 << 20) + 10])
            .post("/v1/embeddings")
            .then(),
        413,
        "too-large");
  }

  @Test
  void aDeclaredLengthOverTheLimitIsRefusedBeforeTheBodyIsSent() throws IOException {
    String answer =
        raw(
            "POST /v1/studies HTTP/1.1\r\nHost: "
                + base.getAuthority()
                + "\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 99999999999\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("\"code\":\"too-large\""), answer);
  }

  @Test
  void anEndlessChunkedBodyIsRefused() throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/studies HTTP/1.1\r\nHost: "
                  + base.getAuthority()
                  + "\r\nContent-Type: multipart/form-data; boundary=B\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = ("10000\r\n" + "a".repeat(65536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < 200; i++) {
          out.write(chunk);
        }
      } catch (IOException e) {
        // the service may close the connection while this still writes
      }
      byte[] head = new byte[12];
      int read;
      try {
        read = socket.getInputStream().readNBytes(head, 0, head.length);
      } catch (IOException e) {
        read = 0;
      }
      assertTrue(
          read == 0
              || new String(head, 0, read, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 413"),
          new String(head, StandardCharsets.US_ASCII));
    }
    given().get("/q/health/ready").then().statusCode(200);
  }

  @Test
  void brokenHttpIsNoServerError() throws IOException {
    assertEquals(
        "HTTP/1.1 4",
        raw("GET /%zz HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n\r\n").substring(0, 10));
    String answer =
        raw(
            "POST /v1/search HTTP/1.1\r\nHost: "
                + base.getAuthority()
                + "\r\nContent-Type: ///;;\r\nContent-Length: 2\r\n\r\n{}");
    assertEquals("HTTP/1.1 4", answer.substring(0, 10), answer);
    answer =
        raw(
            "POST /v1/search HTTP/1.1\r\nHost: "
                + base.getAuthority()
                + "\r\nAccept: ///;;\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    assertEquals("HTTP/1.1 4", answer.substring(0, 10), answer);
  }

  private String search(String body) {
    return "POST /v1/search HTTP/1.1\r\nHost: "
        + base.getAuthority()
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      byte[] some = new byte[4096];
      for (int n = in.read(some); n > 0; n = in.read(some)) {
        answer.write(some, 0, n);
        if (complete(answer.toString(StandardCharsets.ISO_8859_1))) {
          break; // the connection may stay open
        }
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  private static boolean complete(String answer) {
    int head = answer.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    String fields = answer.substring(0, head).toLowerCase(Locale.ROOT);
    if (fields.contains("transfer-encoding: chunked")) {
      return answer.endsWith("\r\n0\r\n\r\n");
    }
    Matcher length = LENGTH.matcher(fields);
    return length.find() && answer.length() >= head + 4 + Integer.parseInt(length.group(1));
  }
}
