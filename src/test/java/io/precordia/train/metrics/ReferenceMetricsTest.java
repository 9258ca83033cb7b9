package io.precordia.train.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Against reference.json, which reference.py beside it made with numpy and scipy. */
class ReferenceMetricsTest {
  private static final double EXACT = 1e-9;
  private final JsonNode reference = reference();

  private static JsonNode reference() {
    try (InputStream in = ReferenceMetricsTest.class.getResourceAsStream("reference.json")) {
      return JsonMapper.builder().build().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static boolean[] truths(JsonNode array) {
    boolean[] out = new boolean[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asBoolean();
    }
    return out;
  }

  @Test
  void rankingsAgree() {
    for (JsonNode c : reference.path("cases")) {
      double[] scores = numbers(c.path("scores"));
      boolean[] positive = truths(c.path("positive"));
      assertEquals(c.path("auroc").asDouble(), Auroc.of(scores, positive), EXACT);
      assertEquals(
          c.path("averagePrecision").asDouble(), AveragePrecision.of(scores, positive), EXACT);
      assertEquals(
          c.path("sensitivity95").asDouble(),
          SensitivityAtSpecificity.of(scores, positive, 0.95),
          EXACT);
      assertEquals(c.path("precision10").asDouble(), PrecisionAtK.of(scores, positive, 10), EXACT);
    }
  }

  @Test
  void reliabilityAgrees() {
    for (JsonNode c : reference.path("cases")) {
      double[] p = numbers(c.path("probabilities"));
      boolean[] positive = truths(c.path("positive"));
      assertEquals(c.path("ece").asDouble(), CalibrationError.expected(p, positive, 10), EXACT);
      List<ReliabilityBin> bins = ReliabilityBin.of(p, positive, 10);
      for (int b = 0; b < 10; b++) {
        JsonNode expected = c.path("bins").get(b);
        assertEquals(expected.get(0).asInt(), bins.get(b).count());
        if (bins.get(b).count() > 0) {
          assertEquals(expected.get(1).asDouble(), bins.get(b).predicted(), EXACT);
          assertEquals(expected.get(2).asDouble(), bins.get(b).observed(), EXACT);
        }
      }
    }
  }

  @Test
  void retrievalAgreesWithEveryOrderOfTies() {
    JsonNode r = reference.path("retrieval");
    double[] found = new double[4];
    int n = r.path("scores").size();
    for (int i = 0; i < n; i++) {
      PartnerRank rank = PartnerRank.of(numbers(r.path("scores").get(i)), i);
      found[0] += rank.recall(1) / n;
      found[1] += rank.recall(5) / n;
      found[2] += rank.recall(10) / n;
      found[3] += rank.reciprocal() / n;
    }
    double[] expected = {
      r.path("r1").asDouble(),
      r.path("r5").asDouble(),
      r.path("r10").asDouble(),
      r.path("mrr").asDouble()
    };
    assertArrayEquals(expected, found, EXACT);
  }

  /** Both draw at random, so the borders agree as far as 20,000 and 200,000 draws do. */
  @Test
  void thePatientBootstrapAgreesWithThatOfScipy() {
    JsonNode c = reference.path("clusters");
    double[] values = numbers(c.path("values"));
    List<String> patients = new ArrayList<>();
    c.path("patients").forEach(p -> patients.add(p.asText()));
    Interval found =
        new ClusterBootstrap(20_000, 1)
            .interval(
                patients,
                some -> {
                  double sum = 0;
                  for (int i : some) {
                    sum += values[i];
                  }
                  return sum / some.length;
                });
    assertEquals(c.path("mean").asDouble(), found.value(), EXACT);
    assertEquals(c.path("low").asDouble(), found.low(), 0.012);
    assertEquals(c.path("high").asDouble(), found.high(), 0.012);
  }

  @Test
  void abstentionAnswersTheStatedShare() {
    double[] p = {0.5, 0.52, 0.4, 0.9, 0.05, 0.7, 0.3, 0.99, 0.01, 0.45};
    Abstention abstention = Abstention.fit(p, 0.8);
    assertEquals(0.05, abstention.threshold(), 1e-12);
    int answered = 0;
    for (double v : p) {
      answered += abstention.answers(v) ? 1 : 0;
    }
    assertEquals(8, answered);
    assertTrue(Abstention.fit(p, 1).answers(0.5));
    assertTrue(Abstention.fit(new double[0], 0.8).answers(0.5));
  }
}
