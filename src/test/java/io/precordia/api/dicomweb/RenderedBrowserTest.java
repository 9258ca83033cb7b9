package io.precordia.api.dicomweb;

import static io.precordia.workspace.catalogue.DicomSamples.file;
import static io.precordia.workspace.catalogue.DicomSamples.radiograph;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.precordia.api.Browser;
import io.precordia.api.ServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;

/** Rendered resources as a real browser shows them, pixel by pixel. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class RenderedBrowserTest {
  private static final int SIDE = 16;
  private static final String STUDIES = "/dicomweb/studies";
  @TempDir Path dir;

  @BeforeEach
  void ready() throws InterruptedException {
    Browser.need();
    ServiceUnderTest.awaitReady();
  }

  private static void store(Attributes... objects) {
    byte[][] files = new byte[objects.length][];
    for (int i = 0; i < files.length; i++) {
      files[i] = file(objects[i]);
    }
    given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs(
                            "multipart/related", io.restassured.http.ContentType.BINARY)))
        .header("Content-Type", Related.type("application/dicom"))
        .header("Accept", "application/dicom+json")
        .body(Related.objects(files))
        .post(STUDIES)
        .then()
        .statusCode(200);
  }

  /** Two frames, the second the first one backwards. */
  private static Attributes film() {
    Attributes d = radiograph("B1", "1.3.61", "1.3.61.1", "1.3.61.1.1");
    byte[] one = d.getSafeBytes(Tag.PixelData);
    byte[] both = java.util.Arrays.copyOf(one, 2 * one.length);
    for (int i = 0; i < one.length; i += 2) {
      both[one.length + i] = one[one.length - 2 - i];
      both[one.length + i + 1] = one[one.length - 1 - i];
    }
    d.setInt(Tag.NumberOfFrames, VR.IS, 2);
    d.setBytes(Tag.PixelData, VR.OW, both);
    // a frame-like overlay: the outline of a square of 4 pixels, its corner at row 3, column 5
    d.setInt(Tag.OverlayRows, VR.US, 4);
    d.setInt(Tag.OverlayColumns, VR.US, 4);
    d.setString(Tag.OverlayType, VR.CS, "G");
    d.setInt(Tag.OverlayOrigin, VR.SS, 3, 5);
    d.setInt(Tag.OverlayBitsAllocated, VR.US, 1);
    d.setInt(Tag.OverlayBitPosition, VR.US, 0);
    d.setBytes(Tag.OverlayData, VR.OW, new byte[] {(byte) 0b1001_1111, (byte) 0b1111_1001});
    return d;
  }

  private static boolean overlaid(int x, int y) {
    boolean inside = x > 4 && x < 7 && y > 2 && y < 5;
    return x >= 4 && x <= 7 && y >= 2 && y <= 5 && !inside;
  }

  /** PS3.3 C.11.2.1.2.1 for a window of these stored values, which are 8 times their index. */
  private static int linear(int stored, double center, double width) {
    double y = ((stored - (center - 0.5)) / (width - 1) + 0.5) * 255;
    return (int) Math.round(Math.clamp(y, 0, 255));
  }

  private static int expected(int x, int y, boolean second, double center, double width) {
    int index = y * SIDE + x;
    return overlaid(x, y)
        ? 255
        : linear(8 * (second ? SIDE * SIDE - 1 - index : index), center, width);
  }

  /** Red, green, blue and alpha of what the document shows. */
  private static List<Long> shown(WebDriver browser, String path) {
    browser.get("http://127.0.0.1:" + RestAssured.port + path);
    Object pixels =
        ((JavascriptExecutor) browser)
            .executeScript(
                "const i = document.images[0]; const c = document.createElement('canvas');"
                    + "c.width = i.naturalWidth; c.height = i.naturalHeight;"
                    + "const g = c.getContext('2d'); g.drawImage(i, 0, 0);"
                    + "return Array.from(g.getImageData(0, 0, c.width, c.height).data);");
    return ((List<?>) pixels).stream().map(v -> ((Number) v).longValue()).toList();
  }

  private static void check(List<Long> pixels, boolean second, double c, double w, int tolerance) {
    assertEquals(4 * SIDE * SIDE, pixels.size());
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int at = 4 * (y * SIDE + x);
        for (int channel = 0; channel < 3; channel++) {
          assertEquals(
              expected(x, y, second, c, w),
              pixels.get(at + channel),
              tolerance,
              "column " + x + ", row " + y);
        }
        assertEquals(255, pixels.get(at + 3));
      }
    }
  }

  @Test
  void windowsFramesAndOverlaysAreWhatTheStandardComputes() throws IOException {
    store(film());
    String at = STUDIES + "/1.3.61/series/1.3.61.1/instances/1.3.61.1.1";
    WebDriver browser = Browser.start(dir.resolve("profile"));
    try {
      check(
          shown(browser, at + "/rendered?accept=image/png&window=1000,800,linear"),
          false,
          1000,
          800,
          0);
      check(
          shown(browser, at + "/frames/2/rendered?accept=image/png&window=700,1000,linear"),
          true,
          700,
          1000,
          0);
      List<Long> jpeg = shown(browser, at + "/rendered?window=1000,2000,linear&quality=100");
      assertNotEquals(List.of(), jpeg);
      check(jpeg, false, 1000, 2000, 12);
    } finally {
      Browser.quit(browser, dir.resolve("profile"));
    }
  }
}
