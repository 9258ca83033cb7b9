package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          application/json                                                                  ! true
          application/json; charset=UTF-8                                                   ! true
          multipart/form-data; boundary=----WebKitFormBoundaryAbC123                        ! true
          multipart/form-data; boundary="a b"                                               ! true
          multipart/form-data; boundary==_Part_1=x                                          ! true
          text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8        ! true
          text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2                              ! true
          application/openapi+json;                                                         ! true
          ///;;                                                                             ! false
          /json                                                                             ! false
          text/                                                                             ! false
          a/b/c                                                                             ! false
          a/b;;                                                                             ! false
          a/b; q                                                                            ! false
          """)
  void syntax(String header, boolean wellFormed) {
    assertEquals(wellFormed, MediaTypes.wellFormed(header));
  }

  @Test
  void longHeadersAreQuick() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertFalse(MediaTypes.wellFormed("a/b" + " ".repeat(2_000_000) + "!!\"")));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertFalse(MediaTypes.wellFormed("a/b;q=1,".repeat(400_000) + "/")));
  }
}
