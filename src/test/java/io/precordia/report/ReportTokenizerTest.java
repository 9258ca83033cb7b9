package io.precordia.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTokenizerTest {
  private static ReportTokenizer tokenizer;

  @BeforeAll
  static void load() throws URISyntaxException {
    tokenizer =
        ReportTokenizer.load(
            Path.of(ReportTokenizerTest.class.getResource("tokenizer.json").toURI()));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void idsWithSpecialTokensWhateverTheFileSaysOfLengths() {
    assertArrayEquals(new int[] {2, 4, 6, 5, 10, 9, 3}, tokenizer.ids("No pleural effusions.", 64));
    assertArrayEquals(new int[] {2, 3}, tokenizer.ids("", 64));
    assertArrayEquals(new int[] {2, 1, 7, 3}, tokenizer.ids("xyz heart", 64));
  }

  @Test
  void truncationKeepsTheLastSpecialToken() {
    assertArrayEquals(new int[] {2, 4, 6, 3}, tokenizer.ids("No pleural effusions.", 4));
    assertArrayEquals(new int[] {2, 4, 3}, tokenizer.ids("No pleural effusions.", 3));
    assertEquals(
        ErrorCode.INVALID_ARGUMENT,
        assertThrows(PrecordiaException.class, () -> tokenizer.ids("no", 2)).code());
  }

  @Test
  void anyTextIsTokenised() {
    assertEquals(2, tokenizer.ids("\u0000\ud800 \ufffe", 8)[0]);
    assertEquals(8, tokenizer.ids("heart ".repeat(100_000), 8).length);
    assertEquals(6, tokenizer.id("pleural"));
    assertEquals(0, tokenizer.id("[PAD]"));
    assertEquals(-1, tokenizer.id("absent"));
  }

  @Test
  void threadsShareIt() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<int[]>> all =
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      pool.submit(
                          () ->
                              tokenizer.ids(
                                  "heart normal sinus".substring(0, i % 2 == 0 ? 5 : 12), 16)))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        assertArrayEquals(
            i % 2 == 0 ? new int[] {2, 7, 3} : new int[] {2, 7, 8, 3}, all.get(i).get());
      }
    }
  }

  @Test
  void wrongFiles(@TempDir Path folder) throws IOException {
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(
                PrecordiaException.class, () -> ReportTokenizer.load(folder.resolve("none.json")))
            .code());
    Path broken = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {}}");
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(PrecordiaException.class, () -> ReportTokenizer.load(broken)).code());
  }
}
