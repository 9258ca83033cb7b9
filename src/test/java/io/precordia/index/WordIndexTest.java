package io.precordia.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordIndexTest {
  @Test
  void scoresByBm25() {
    var index = new WordIndex();
    index.add("a", "Atrial fibrillation");
    index.add("b", "Sinus rhythm, no atrial ectopy");
    index.add("c", "Pleural effusion");
    List<WordIndex.Match> hits = index.search("ATRIAL fibrillation", unused -> true, 10);
    assertEquals(List.of("a", "b"), hits.stream().map(WordIndex.Match::instance).toList());
    // idf(atrial) = ln(1 + 1.5/2.5), idf(fibrillation) = ln(1 + 2.5/1.5); length 2 against a mean
    // of 3
    double tf = 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3.0));
    assertEquals((Math.log(1.6) + Math.log(1 + 2.5 / 1.5)) * tf, hits.getFirst().score(), 1e-12);
  }

  @Test
  void removedReportsAreGoneAndReplacedOnesChange() {
    var index = new WordIndex();
    index.add("a", "nodule");
    index.add("b", "nodule");
    index.remove("a");
    index.add("b", "effusion");
    assertEquals(1, index.size());
    assertEquals(List.of(), index.search("nodule", unused -> true, 10));
    assertEquals(List.of(), index.search("effusion", unused -> false, 10));
    assertEquals(1, index.search("effusion", unused -> true, 10).size());
  }
}
