package io.precordia.api.dicomweb;

import static io.precordia.workspace.catalogue.DicomSamples.file;
import static io.precordia.workspace.catalogue.DicomSamples.pdf;
import static io.precordia.workspace.catalogue.DicomSamples.radiograph;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.api.ServiceUnderTest;
import io.precordia.dicom.DicomObject;
import io.precordia.dicom.result.DicomPeers;
import io.precordia.dicom.web.RenderedImage;
import io.precordia.workspace.catalogue.DicomSamples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DICOMweb by a plain HTTP client. Each test has studies of its own. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class DicomWebTest {
  private static final String STUDIES = "/dicomweb/studies";

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static RequestSpecification stow(byte[] body) {
    return given()
        .config(
            io.restassured.RestAssured.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs(
                            "multipart/related", io.restassured.http.ContentType.BINARY)))
        .header("Content-Type", Related.type("application/dicom"))
        .header("Accept", "application/dicom+json")
        .body(body);
  }

  private static Response store(byte[]... files) {
    return stow(Related.objects(files)).post(STUDIES);
  }

  private static List<byte[]> retrieve(String path) {
    Response answer =
        given()
            .header("Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*")
            .get(path);
    assertEquals(200, answer.statusCode(), answer.asString());
    return Related.parts(answer.contentType(), answer.asByteArray());
  }

  /** Waits until everything that was stored is processed: searches answer from that. */
  private static void settle() throws InterruptedException {
    Eventually.holds(
        Duration.ofSeconds(60),
        () -> "the inbox does not empty",
        () -> given().get("/v1/queue").<Integer>path("pending") == 0);
  }

  private static String instance(String study, String object) {
    return STUDIES + "/" + study + "/series/" + study + ".1/instances/" + object;
  }

  @Test
  void whatIsStoredComesBackBitByBit() throws InterruptedException {
    byte[] a = file(radiograph("W1", "1.3.1", "1.3.1.1", "1.3.1.1.1"));
    byte[] b = file(pdf("W1", "1.3.1", "1.3.1.2", "1.3.1.2.1"));
    Attributes implicit = radiograph("W1", "1.3.1", "1.3.1.1", "1.3.1.1.2");
    byte[] c = file(implicit, "1.2.840.10008.1.2");
    store(a, b, c)
        .then()
        .statusCode(200)
        .body("00081199.Value", hasSize(3))
        .body("00081190.Value[0]", containsString("/dicomweb/studies/1.3.1"));
    assertArrayEquals(a, retrieve(instance("1.3.1", "1.3.1.1.1")).getFirst());
    settle(); // what a series and a study hold is known when the inbox is empty
    assertEquals(2, retrieve(STUDIES + "/1.3.1/series/1.3.1.1").size());
    List<byte[]> study = retrieve(STUDIES + "/1.3.1");
    assertEquals(3, study.size());
    assertTrue(study.stream().anyMatch(f -> Arrays.equals(f, b)));
    assertTrue(study.stream().anyMatch(f -> Arrays.equals(f, c)));
    assertArrayEquals(
        c, given().accept("application/dicom").get(instance("1.3.1", "1.3.1.1.2")).asByteArray());
    given()
        .header(
            "Accept",
            "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.4.70")
        .get(STUDIES + "/1.3.1")
        .then()
        .statusCode(406);
    given().header("Accept", "text/html").get(STUDIES + "/1.3.1").then().statusCode(406);
    given().get(STUDIES + "/1.3.99").then().statusCode(404).body("code", equalTo("not-found"));
    given().get(STUDIES + "/..%2Fetc").then().statusCode(400);
    given().get(STUDIES + "/1.3.1%00").then().statusCode(400);
  }

  @Test
  void eachObjectHasItsOwnOutcome() {
    byte[] good = file(radiograph("W2", "1.3.2", "1.3.2.1", "1.3.2.1.1"));
    byte[] cut = Arrays.copyOf(good, good.length - 40);
    byte[] text = "no DICOM at all".getBytes(StandardCharsets.UTF_8);
    Attributes nameless = radiograph("W2", "1.3.2", "1.3.2.1", "1.3.2.1.2");
    byte[] withoutStudy = file(nameless);
    nameless.remove(Tag.StudyInstanceUID);
    withoutStudy = file(nameless);
    store(good, cut, text, withoutStudy)
        .then()
        .statusCode(202)
        .body("00081199.Value", hasSize(1))
        .body("'0008119A'.Value", hasSize(3))
        .body("'0008119A'.Value[0].00081197.Value[0]", equalTo(0xC000))
        .body("'0008119A'.Value[2].00081197.Value[0]", equalTo(0xA900));
    store(cut).then().statusCode(409).body("'0008119A'.Value", hasSize(1));
    Attributes changed = radiograph("W2", "1.3.2", "1.3.2.1", "1.3.2.1.1");
    changed.setString(Tag.StudyDescription, VR.LO, "Changed");
    store(file(changed))
        .then()
        .statusCode(409)
        .body("00081198.Value[0].00081197.Value[0]", equalTo(0x0111))
        .body("00081198.Value[0].00081155.Value[0]", equalTo("1.3.2.1.1"));
    assertArrayEquals(good, retrieve(instance("1.3.2", "1.3.2.1.1")).getFirst());
    store(good).then().statusCode(200);
    stow(Related.objects(file(radiograph("W2", "1.3.22", "1.3.22.1", "1.3.22.1.1"))))
        .post(STUDIES + "/1.3.2")
        .then()
        .statusCode(409)
        .body("00081198.Value[0].00081197.Value[0]", equalTo(0xA900));
    byte[] body = Related.objects(file(radiograph("W2", "1.3.23", "1.3.23.1", "1.3.23.1.1")));
    stow(Arrays.copyOf(body, body.length - 100)).post(STUDIES).then().statusCode(400);
    stow(Related.body(List.of())).post(STUDIES).then().statusCode(400);
    given().contentType("application/json").body("{}").post(STUDIES).then().statusCode(415);
    stow(Related.objects(good)).header("Accept", "image/png").post(STUDIES).then().statusCode(406);
  }

  @Test
  void metadataLinkTheirBulkData() {
    Attributes d = radiograph("W3", "1.3.3", "1.3.3.1", "1.3.3.1.1");
    Attributes item = new Attributes();
    d.newSequence(Tag.IconImageSequence, 1).add(item);
    item.setBytes(Tag.PixelData, VR.OB, new byte[] {1, 2, 3, 4});
    store(file(d)).then().statusCode(200);
    String at = instance("1.3.3", "1.3.3.1.1");
    Response metadata = given().accept("application/dicom+json").get(at + "/metadata");
    metadata
        .then()
        .statusCode(200)
        .body("[0].00100010.Value[0].Alphabetic", equalTo("Müller^W3"))
        .body("[0].00280010.Value[0]", equalTo(16))
        .body("[0].00200013.Value[0]", equalTo(7))
        .body("[0].'7FE00010'.vr", equalTo("OW"));
    for (String path :
        List.of("[0].'7FE00010'.BulkDataURI", "[0].'00880200'.Value[0].'7FE00010'.BulkDataURI")) {
      String url = metadata.path(path);
      Response bulk = given().urlEncodingEnabled(false).get(url);
      assertEquals(200, bulk.statusCode(), url);
      byte[] expected =
          path.contains("0088") ? new byte[] {1, 2, 3, 4} : d.getSafeBytes(Tag.PixelData);
      assertArrayEquals(expected, Related.parts(bulk.contentType(), bulk.asByteArray()).getFirst());
    }
    Response xml =
        given()
            .header("Accept", "multipart/related; type=\"application/dicom+xml\"")
            .get(at + "/metadata");
    String model =
        new String(
            Related.parts(xml.contentType(), xml.asByteArray()).getFirst(), StandardCharsets.UTF_8);
    assertTrue(
        model.contains("NativeDicomModel") && model.contains("keyword=\"PatientName\""), model);
    assertTrue(model.contains("/bulkdata/7FE00010"), model);
    Response frame =
        given()
            .header("Accept", "multipart/related; type=\"application/octet-stream\"")
            .get(at + "/frames/1");
    assertArrayEquals(
        d.getSafeBytes(Tag.PixelData),
        Related.parts(frame.contentType(), frame.asByteArray()).getFirst());
    given().get(at + "/frames/2").then().statusCode(404);
    given().get(at + "/frames/0").then().statusCode(400);
    given().get(at + "/bulkdata/00100010/9").then().statusCode(404);
    given().get(STUDIES + "/1.3.3/metadata").then().statusCode(200).body("", hasSize(1));
  }

  @Test
  void metadataAndBulkDataTogetherMakeAnObject() {
    Attributes d = radiograph("W4", "1.3.4", "1.3.4.1", "1.3.4.1.1");
    store(file(d)).then().statusCode(200);
    String json =
        given()
            .accept("application/dicom+json")
            .get(instance("1.3.4", "1.3.4.1.1") + "/metadata")
            .asString();
    String other =
        json.replace("1.3.4.1.1\"", "1.3.4.1.2\"")
            .replaceAll("http[^\"]*bulkdata/7FE00010", "bulk1");
    byte[] pixels = d.getSafeBytes(Tag.PixelData);
    List<Related.Part> parts = new ArrayList<>();
    parts.add(
        new Related.Part("application/dicom+json", "", other.getBytes(StandardCharsets.UTF_8)));
    parts.add(new Related.Part("application/octet-stream", "bulk1", pixels));
    stow(Related.body(parts))
        .header("Content-Type", Related.type("application/dicom+json"))
        .post(STUDIES)
        .then()
        .statusCode(200);
    Response frame =
        given()
            .accept("application/octet-stream")
            .get(instance("1.3.4", "1.3.4.1.2") + "/frames/1");
    assertArrayEquals(pixels, frame.asByteArray());
    given()
        .get(instance("1.3.4", "1.3.4.1.2") + "/metadata")
        .then()
        .body("[0].00100010.Value[0].Alphabetic", equalTo("Müller^W4"));
    stow(Related.body(parts.subList(0, 1)))
        .header("Content-Type", Related.type("application/dicom+json"))
        .post(STUDIES)
        .then()
        .statusCode(409)
        .body("00081198.Value[0].00081197.Value[0]", equalTo(0xC000));
  }

  @Test
  void metadataInXmlMakeAnObjectToo() {
    Attributes d = radiograph("W7", "1.3.7", "1.3.7.1", "1.3.7.1.1");
    store(file(d)).then().statusCode(200);
    Response answer =
        given()
            .header("Accept", "multipart/related; type=\"application/dicom+xml\"")
            .get(instance("1.3.7", "1.3.7.1.1") + "/metadata");
    String xml =
        new String(
                Related.parts(answer.contentType(), answer.asByteArray()).getFirst(),
                StandardCharsets.UTF_8)
            .replace("1.3.7.1.1</Value>", "1.3.7.1.2</Value>")
            .replaceAll("uri=\"[^\"]*7FE00010\"", "uri=\"bulk1\"");
    byte[] pixels = d.getSafeBytes(Tag.PixelData);
    List<Related.Part> parts =
        List.of(
            new Related.Part("application/dicom+xml", "", xml.getBytes(StandardCharsets.UTF_8)),
            new Related.Part("application/octet-stream", "bulk1", pixels));
    stow(Related.body(parts))
        .header("Content-Type", Related.type("application/dicom+xml"))
        .post(STUDIES)
        .then()
        .statusCode(200);
    String at = instance("1.3.7", "1.3.7.1.2");
    assertArrayEquals(
        pixels, given().accept("application/octet-stream").get(at + "/frames/1").asByteArray());
    given()
        .get(at + "/metadata")
        .then()
        .body("[0].00100010.Value[0].Alphabetic", equalTo("Müller^W7"));
    String entity =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><NativeDicomModel>&x;</NativeDicomModel>";
    stow(Related.body(
            List.of(
                new Related.Part(
                    "application/dicom+xml", "", entity.getBytes(StandardCharsets.UTF_8)))))
        .header("Content-Type", Related.type("application/dicom+xml"))
        .post(STUDIES)
        .then()
        .statusCode(409);
  }

  @Test
  void searchesMatchIncludeAndPage() throws InterruptedException {
    for (int i = 1; i <= 3; i++) {
      String study = "1.3.5." + i;
      store(
              file(radiograph("W5-" + i, study, study + ".1", study + ".1.1")),
              file(pdf("W5-" + i, study, study + ".2", study + ".2.1")))
          .then()
          .statusCode(200);
    }
    settle();
    given()
        .queryParam("PatientID", "W5-*")
        .get(STUDIES)
        .then()
        .statusCode(200)
        .contentType(containsString("application/dicom+json"))
        .body("", hasSize(3))
        .body("[0].00080061.Value", hasSize(2))
        .body("[0].00201208.Value[0]", equalTo(2))
        .body("[0].'0020000D'.Value[0]", equalTo("1.3.5.1"))
        .body("[0].00081030", equalTo(null));
    given()
        .queryParam("00100020", "W5-2")
        .queryParam("includefield", "StudyDescription")
        .get(STUDIES)
        .then()
        .body("", hasSize(1))
        .body("[0].00081030.Value[0]", equalTo("Chest"));
    given()
        .queryParam("PatientID", "W5-*")
        .queryParam("limit", 1)
        .queryParam("offset", 1)
        .get(STUDIES)
        .then()
        .body("", hasSize(1))
        .body("[0].'0020000D'.Value[0]", equalTo("1.3.5.2"))
        .header("Warning", containsString("1 additional"));
    given()
        .queryParam("Modality", "DOC")
        .get(STUDIES + "/1.3.5.1/series")
        .then()
        .body("", hasSize(1));
    given().get(STUDIES + "/1.3.5.1/instances").then().body("", hasSize(2));
    given()
        .queryParam("includefield", "all")
        .get(STUDIES + "/1.3.5.1/series/1.3.5.1.1/instances")
        .then()
        .body("", hasSize(1))
        .body("[0].00280010.Value[0]", equalTo(16))
        .body("[0].00185101.Value[0]", equalTo("PA"));
    given()
        .queryParam("StudyInstanceUID", "1.3.5.1,1.3.5.2")
        .get("/dicomweb/series")
        .then()
        .body("", hasSize(4));
    given()
        .queryParam("PatientID", "nobody")
        .get(STUDIES)
        .then()
        .statusCode(200)
        .body("", hasSize(0));
    given().queryParam("Nonsense", "1").get(STUDIES).then().statusCode(400);
    given().queryParam("limit", "-1").get(STUDIES).then().statusCode(400);
    Response xml =
        given()
            .header("Accept", "multipart/related; type=\"application/dicom+xml\"")
            .queryParam("PatientID", "W5-*")
            .get(STUDIES);
    assertEquals(3, Related.parts(xml.contentType(), xml.asByteArray()).size());
  }

  @Test
  void studiesAndSeriesAreRenderedPictureByPicture() throws InterruptedException {
    Attributes two = radiograph("W10", "1.3.10", "1.3.10.1", "1.3.10.1.1");
    byte[] one = two.getSafeBytes(Tag.PixelData);
    two.setInt(Tag.NumberOfFrames, VR.IS, 2);
    two.setBytes(Tag.PixelData, VR.OW, Arrays.copyOf(one, 2 * one.length)); // the second is black
    store(
            file(two),
            file(pdf("W10", "1.3.10", "1.3.10.1", "1.3.10.1.2")),
            file(radiograph("W10", "1.3.10", "1.3.10.2", "1.3.10.2.1")))
        .then()
        .statusCode(200);
    settle();
    Response study =
        given()
            .header("Accept", "multipart/related; type=\"image/png\"")
            .queryParam("window", "1000,2000,linear")
            .get(STUDIES + "/1.3.10/rendered");
    assertEquals(200, study.statusCode(), study.asString());
    List<byte[]> pictures = Related.parts(study.contentType(), study.asByteArray());
    assertEquals(3, pictures.size());
    int[] corner =
        pictures.stream()
            .mapToInt(p -> RenderedImage.read(p).getRaster().getSample(15, 15, 0))
            .toArray();
    assertArrayEquals(new int[] {255, 0, 255}, corner);
    assertTrue(
        new String(study.asByteArray(), StandardCharsets.ISO_8859_1)
            .contains("/1.3.10.1.1/frames/2/rendered"));
    Response series = given().get(STUDIES + "/1.3.10/series/1.3.10.2/rendered");
    assertEquals(1, Related.parts(series.contentType(), series.asByteArray()).size());
    assertEquals(
        16,
        image(given().accept("image/png").get(STUDIES + "/1.3.10/series/1.3.10.2/rendered"))
            .getWidth());
    given().accept("image/png").get(STUDIES + "/1.3.10/rendered").then().statusCode(406);
    given().get(STUDIES + "/1.3.999/rendered").then().statusCode(404);
  }

  @Test
  void aPresentationStateShowsItsImage() {
    Attributes film = radiograph("W11", "1.3.11", "1.3.11.1", "1.3.11.1.1");
    film.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1"); // the state decides
    film.setString(Tag.WindowCenter, VR.DS, "1");
    film.setString(Tag.WindowWidth, VR.DS, "1");
    Attributes state = radiograph("W11", "1.3.11", "1.3.11.2", "1.3.11.2.1");
    state.setString(Tag.SOPClassUID, VR.UI, "1.2.840.10008.5.1.4.1.1.11.1");
    state.setString(Tag.Modality, VR.CS, "PR");
    for (int tag : new int[] {Tag.PixelData, Tag.Rows, Tag.Columns}) {
      state.remove(tag);
    }
    Attributes image = new Attributes();
    image.setString(Tag.ReferencedSOPClassUID, VR.UI, DicomSamples.CR);
    image.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.3.11.1.1");
    Attributes series = new Attributes();
    series.newSequence(Tag.ReferencedImageSequence, 1).add(image);
    state.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
    Attributes voi = new Attributes();
    voi.setString(Tag.WindowCenter, VR.DS, "1000");
    voi.setString(Tag.WindowWidth, VR.DS, "2000");
    state.newSequence(Tag.SoftcopyVOILUTSequence, 1).add(voi);
    state.setString(Tag.PresentationLUTShape, VR.CS, "INVERSE");
    Attributes line = new Attributes();
    line.setString(Tag.GraphicAnnotationUnits, VR.CS, "PIXEL");
    line.setString(Tag.GraphicType, VR.CS, "POLYLINE");
    line.setFloat(Tag.GraphicData, VR.FL, 3, 13, 8, 13); // row 13, columns 3 to 8
    Attributes annotation = new Attributes();
    annotation.newSequence(Tag.GraphicObjectSequence, 1).add(line);
    state.newSequence(Tag.GraphicAnnotationSequence, 1).add(annotation);
    store(file(film), file(state)).then().statusCode(200);
    String at = STUDIES + "/1.3.11/series/1.3.11.2/instances/1.3.11.2.1";
    BufferedImage shown = image(given().accept("image/png").get(at + "/rendered"));
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        double grey = Math.clamp((8 * (16 * y + x) - 999.5) / 1999 + 0.5, 0, 1);
        int expected = y == 12 && x >= 2 && x <= 7 ? 255 : (int) Math.round(255 * (1 - grey));
        assertEquals(
            expected, shown.getRaster().getSample(x, y, 0), 1, "column " + x + ", row " + y);
      }
    }
    given().queryParam("window", "1,2").get(at + "/rendered").then().statusCode(400);
    state.setString(Tag.SOPInstanceUID, VR.UI, "1.3.11.2.2");
    state.setInt(Tag.ImageRotation, VR.US, 90);
    store(file(state)).then().statusCode(200);
    given().get(at.replace("2.1", "2.2") + "/rendered").then().statusCode(422);
    image.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.3.11.1.9");
    state.setString(Tag.SOPInstanceUID, VR.UI, "1.3.11.2.3");
    store(file(state)).then().statusCode(200);
    given().get(at.replace("2.1", "2.3") + "/rendered").then().statusCode(406);
  }

  /** A radiograph as another program compresses it. */
  private static byte[] compressed(Attributes d, String... command) throws Exception {
    Path folder = Files.createTempDirectory("compressed");
    Path plain = Files.write(folder.resolve("plain.dcm"), file(d));
    Path out = folder.resolve("out.dcm");
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(plain.toString(), out.toString()));
    DicomPeers.succeed(all.toArray(String[]::new));
    byte[] bytes = Files.readAllBytes(out);
    for (Path file : List.of(plain, out, folder)) {
      Files.delete(file);
    }
    return bytes;
  }

  @Test
  void compressedObjectsAreGivenUncompressedOnRequest() throws Exception {
    Attributes d = radiograph("W9", "1.3.9", "1.3.9.1", "1.3.9.1.1");
    byte[] pixels = d.getSafeBytes(Tag.PixelData);
    byte[] lossless = compressed(d, "dcmcjpeg", "+e1");
    d.setString(Tag.SOPInstanceUID, VR.UI, "1.3.9.1.2");
    byte[] rle = compressed(d, "dcmcrle");
    d.setString(Tag.SOPInstanceUID, VR.UI, "1.3.9.1.3");
    byte[] jpegLs = compressed(d, "dcmcjpls");
    d.setString(Tag.SOPInstanceUID, VR.UI, "1.3.9.1.4");
    byte[] other = // said to be JPEG 2000 Part 2, which has no decoder
        new String(compressed(d, "dcmcjpls"), StandardCharsets.ISO_8859_1)
            .replace("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.92")
            .getBytes(StandardCharsets.ISO_8859_1);
    store(lossless, rle, jpegLs, other).then().statusCode(200);
    Map<String, byte[]> stored =
        Map.of("1.3.9.1.1", lossless, "1.3.9.1.2", rle, "1.3.9.1.3", jpegLs);
    Set<List<Integer>> pictures = new HashSet<>();
    for (String object : stored.keySet()) {
      String at = instance("1.3.9", object);
      for (String syntax : List.of("1.2.840.10008.1.2.1", "1.2.840.10008.1.2")) {
        Response answer =
            given()
                .header(
                    "Accept",
                    "multipart/related; type=\"application/dicom\"; transfer-syntax=" + syntax)
                .get(at);
        assertEquals(200, answer.statusCode());
        byte[] part = Related.parts(answer.contentType(), answer.asByteArray()).getFirst();
        DicomObject read = DicomObject.parse(part);
        assertEquals(syntax, read.transferSyntax());
        assertArrayEquals(pixels, read.data().getSafeBytes(Tag.PixelData));
        assertEquals("Müller^W9", read.data().getString(Tag.PatientName));
        Path file = Files.write(Files.createTempFile("plain", ".dcm"), part);
        assertTrue(DicomPeers.succeed("dcmdump", file.toString()).contains(object));
        Files.delete(file);
      }
      assertArrayEquals(
          pixels, given().accept("application/octet-stream").get(at + "/frames/1").asByteArray());
      pictures.add(
          Arrays.stream(
                  image(given().accept("image/png").get(at + "/rendered"))
                      .getRaster()
                      .getSamples(0, 0, 16, 16, 0, (int[]) null))
              .boxed()
              .toList());
      assertArrayEquals(stored.get(object), retrieve(at).getFirst(), "as stored without wish");
      assertEquals(
          "1.2.840.10008.1.2.1",
          DicomObject.parse(
                  given()
                      .queryParams(
                          "requestType", "WADO", "studyUID", "1.3.9", "seriesUID", "1.3.9.1")
                      .queryParams("objectUID", object, "contentType", "application/dicom")
                      .queryParams("transferSyntax", "1.2.840.10008.1.2.1")
                      .get("/wado")
                      .asByteArray())
              .transferSyntax());
    }
    assertEquals(1, pictures.size(), "one picture, however it is compressed");
    assertTrue(new HashSet<>(pictures.iterator().next()).size() > 100, "with many greys");
    String wanted =
        "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.1";
    given().header("Accept", wanted).get(instance("1.3.9", "1.3.9.1.4")).then().statusCode(406);
    given().header("Accept", wanted).get(STUDIES + "/1.3.9").then().statusCode(406);
  }

  private static String subject(String patient) {
    return given()
        .contentType("application/json")
        .body("{\"identifier\":\"" + patient + "\"}")
        .post("/v1/subjects/find")
        .path("subject");
  }

  @Test
  void afterAMergeStudiesAndMetadataNameTheSurvivorAndObjectsStayAsTheyCame()
      throws InterruptedException {
    byte[] old = file(radiograph("W8-OLD", "1.3.8.1", "1.3.8.1.1", "1.3.8.1.1.1"));
    store(old, file(radiograph("W8-NEW", "1.3.8.2", "1.3.8.2.1", "1.3.8.2.1.1")));
    String at = instance("1.3.8.1", "1.3.8.1.1.1");
    settle();
    String merged = subject("W8-OLD");
    given()
        .contentType("application/json")
        .body("{\"into\":\"" + subject("W8-NEW") + "\"}")
        .post("/v1/subjects/" + merged + "/merge")
        .then()
        .statusCode(200);
    for (String asked : List.of("W8-OLD", "W8-NEW")) {
      given()
          .queryParam("PatientID", asked)
          .get(STUDIES)
          .then()
          .body("", hasSize(2))
          .body("[0].00100020.Value[0]", equalTo("W8-NEW"))
          .body("[1].00100020.Value[0]", equalTo("W8-NEW"))
          .body("[1].00100010.Value[0].Alphabetic", equalTo("Müller^W8-NEW"));
    }
    given()
        .accept("application/dicom+json")
        .get(at + "/metadata")
        .then()
        .body("[0].00100020.Value[0]", equalTo("W8-NEW"))
        .body("[0].00101002.Value[0].00100020.Value[0]", equalTo("W8-OLD"))
        .body("[0].04000561.Value[0].04000550.Value[0].00100020.Value[0]", equalTo("W8-OLD"))
        .body("[0].04000561.Value[0].04000565.Value[0]", equalTo("COERCE"));
    assertArrayEquals(old, retrieve(at).getFirst());
    given().post("/v1/subjects/" + merged + "/unmerge").then().statusCode(200);
    given()
        .queryParam("PatientID", "W8-OLD")
        .get(STUDIES)
        .then()
        .body("", hasSize(1))
        .body("[0].00100020.Value[0]", equalTo("W8-OLD"));
    given()
        .accept("application/dicom+json")
        .get(at + "/metadata")
        .then()
        .body("[0].00100020.Value[0]", equalTo("W8-OLD"))
        .body("[0].04000561", equalTo(null));
  }

  @Test
  void picturesAreRendered() {
    store(
            file(radiograph("W6", "1.3.6", "1.3.6.1", "1.3.6.1.1")),
            file(pdf("W6", "1.3.6", "1.3.6.1", "1.3.6.1.2")))
        .then()
        .statusCode(200);
    String at = instance("1.3.6", "1.3.6.1.1");
    BufferedImage full = image(given().accept("image/png").get(at + "/rendered"));
    assertEquals(16, full.getWidth());
    // The samples rise from 0 to 2040 of a full range without a window.
    assertEquals(0, full.getRaster().getSample(0, 0, 0));
    assertEquals(255, full.getRaster().getSample(15, 15, 0));
    BufferedImage windowed =
        image(
            given().accept("image/png").queryParam("window", "100,2,linear").get(at + "/rendered"));
    assertEquals(255, windowed.getRaster().getSample(15, 0, 0));
    assertEquals(
        8,
        image(given().accept("image/png").queryParam("viewport", "8,8").get(at + "/rendered"))
            .getWidth());
    assertEquals(
        4,
        image(
                given()
                    .accept("image/png")
                    .queryParam("viewport", "4,4,8,8,8,8")
                    .get(at + "/frames/1/rendered"))
            .getWidth());
    Response jpeg = given().queryParam("quality", "50").get(at + "/rendered");
    assertEquals("image/jpeg", jpeg.contentType());
    assertEquals(16, image(jpeg).getHeight());
    given().get(STUDIES + "/1.3.6/thumbnail").then().statusCode(200).contentType("image/jpeg");
    given().queryParam("window", "1,0").get(at + "/rendered").then().statusCode(400);
    given().queryParam("viewport", "9999,1").get(at + "/rendered").then().statusCode(400);
    given().get(instance("1.3.6", "1.3.6.1.2") + "/rendered").then().statusCode(406);
    RequestSpecification wado =
        given()
            .queryParam("requestType", "WADO")
            .queryParam("studyUID", "1.3.6")
            .queryParam("seriesUID", "1.3.6.1")
            .queryParam("objectUID", "1.3.6.1.1");
    assertEquals("image/jpeg", wado.get("/wado").contentType());
    assertEquals(
        8,
        image(wado.queryParam("contentType", "image/png").queryParam("columns", "8").get("/wado"))
            .getWidth());
    byte[] whole =
        given()
            .queryParams(
                "requestType",
                "WADO",
                "studyUID",
                "1.3.6",
                "seriesUID",
                "1.3.6.1",
                "objectUID",
                "1.3.6.1.1",
                "contentType",
                "application/dicom")
            .get("/wado")
            .asByteArray();
    assertArrayEquals(file(radiograph("W6", "1.3.6", "1.3.6.1", "1.3.6.1.1")), whole);
    given().get("/wado").then().statusCode(400);
  }

  private static BufferedImage image(Response answer) {
    assertEquals(200, answer.statusCode(), answer.asString());
    return RenderedImage.read(answer.asByteArray());
  }
}
