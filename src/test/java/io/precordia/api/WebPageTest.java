package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser: import, search, look, classify, all by keyboard. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class WebPageTest {
  @TempDir Path dir;

  @BeforeEach
  void ready() throws InterruptedException {
    Browser.need();
    ServiceUnderTest.awaitReady();
  }

  @Test
  void importSearchLookAndClassify() throws IOException {
    Path report = Files.write(dir.resolve("report.txt"), Samples.report("pleural effusion", 77));
    Path image = Files.write(dir.resolve("film.png"), Samples.png(77));
    WebDriver browser = Browser.start(dir.resolve("profile"));
    try {
      WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(60));
      browser.get("http://127.0.0.1:" + RestAssured.port + "/");
      assertTrue(browser.findElement(By.tagName("header")).getText().contains("Not for clinical"));
      browser.findElement(By.id("files")).sendKeys(report + "\n" + image);
      browser.findElement(By.id("import")).sendKeys(Keys.ENTER);
      wait.until(b -> b.findElement(By.id("import-status")).getText().startsWith("2 stored"));

      browser.findElement(By.id("query")).sendKeys("pleural effusion", Keys.ENTER);
      wait.until(b -> !b.findElements(By.cssSelector("article.hit")).isEmpty());
      wait.until(b -> b.findElement(By.id("status")).getText().matches("\\d+ hits?"));
      assertTrue(browser.findElement(By.id("provenance")).getText().startsWith("Model "));
      assertTrue(browser.getCurrentUrl().contains("q=pleural+effusion"));

      browser
          .findElement(By.cssSelector("article.hit[data-modality=xray] button"))
          .sendKeys(Keys.ENTER);
      wait.until(
          b ->
              "true"
                  .equals(
                      b.findElement(By.cssSelector("#view img.picture"))
                          .getDomProperty("complete")));
      assertFalse(
          browser
              .findElement(By.cssSelector("#view img"))
              .getDomProperty("naturalWidth")
              .equals("0"));
      browser.findElement(By.id("classify")).sendKeys(Keys.ENTER);
      wait.until(b -> b.findElements(By.cssSelector("#probabilities meter")).size() == 4);
      browser.findElement(By.id("close")).sendKeys(Keys.ENTER);

      browser.findElement(By.id("query")).clear();
      browser.findElement(By.id("query")).sendKeys("<img src=x onerror=alert(1)>", Keys.ENTER);
      wait.until(b -> b.findElement(By.id("status")).getText().matches("\\d+ hits?"));
      assertEquals(0, browser.findElements(By.cssSelector("img[src=x]")).size());
    } finally {
      Browser.quit(browser, dir.resolve("profile"));
    }
  }
}
