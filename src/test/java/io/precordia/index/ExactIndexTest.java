package io.precordia.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.lang.reflect.Field;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ExactIndexTest {
  private static Entry entry(String instance, int window, float[] vector, Random random) {
    Modality modality = Modality.values()[random.nextInt(3)];
    String sex = random.nextInt(3) == 0 ? null : random.nextBoolean() ? "F" : "M";
    LocalDate date =
        random.nextInt(4) == 0 ? null : LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1000));
    Integer age = random.nextInt(4) == 0 ? null : random.nextInt(100);
    Set<String> tags = random.nextBoolean() ? Set.of("PA", "CR") : Set.of("AP");
    return new Entry(
        instance,
        window,
        modality,
        "s" + random.nextInt(20),
        "t" + random.nextInt(30),
        date,
        sex,
        age,
        "site",
        tags,
        vector);
  }

  /**
   * Vectors that make quantisation hard: near ties, copies, outliers in one component, tiny and
   * large scales.
   */
  private static float[] vector(Random random, int dimension, List<float[]> before) {
    float[] v = new float[dimension];
    int kind = random.nextInt(5);
    if (kind == 0 && !before.isEmpty()) {
      return before.get(random.nextInt(before.size())).clone();
    }
    if (kind == 1 && !before.isEmpty()) {
      float[] near = before.get(random.nextInt(before.size())).clone();
      near[random.nextInt(dimension)] += 1e-6f;
      return near;
    }
    for (int i = 0; i < dimension; i++) {
      v[i] = (float) random.nextGaussian();
    }
    if (kind == 2) {
      v[random.nextInt(dimension)] = 40;
    }
    if (kind == 3) {
      float scale = random.nextBoolean() ? 1e-4f : 1e3f;
      for (int i = 0; i < dimension; i++) {
        v[i] *= scale;
      }
    }
    return v;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static List<Hit> oracle(Map<String, Entry> entries, float[] query, Filter filter, int k) {
    var best = new HashMap<String, Hit>();
    var test = new FilterTest(filter);
    for (Entry e : entries.values()) {
      if (test.passes(e)) {
        Hit hit = new Hit(e.instance(), e.window(), dot(query, e.vector()));
        best.merge(
            e.instance(),
            hit,
            (a, b) ->
                a.score() > b.score() || (a.score() == b.score() && a.window() < b.window())
                    ? a
                    : b);
      }
    }
    var hits = new ArrayList<>(best.values());
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::instance));
    return hits.subList(0, Math.min(k, hits.size()));
  }

  @Property(tries = 150, seed = "20261128")
  void equalsTheScalarOracleAfterAddsReplacementsAndRemovals(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int dimension) {
    Random random = new Random(seed);
    var index = new ExactIndex(dimension, 2);
    var kept = new HashMap<String, Entry>();
    var vectors = new ArrayList<float[]>();
    for (int i = 0; i < 300; i++) {
      float[] v = vector(random, dimension, vectors);
      vectors.add(v);
      Entry e = entry("i" + random.nextInt(150), random.nextInt(3), v, random);
      index.add(List.of(e));
      kept.put(e.instance() + "/" + e.window(), e);
      if (random.nextInt(6) == 0) {
        String gone = "i" + random.nextInt(150);
        index.remove(gone);
        kept.values().removeIf(x -> x.instance().equals(gone));
      }
    }
    assertEquals(kept.size(), index.size());
    Filter[] filters = {
      Filter.NONE,
      FilterExpression.parse("modality:xray,ecg age>=20 age<=70"),
      FilterExpression.parse("sex:F tag:PA date>=2020-06-01"),
      FilterExpression.parse("site:nowhere")
    };
    for (Filter filter : filters) {
      for (int k : new int[] {1, 7, 1000}) {
        float[] query =
            random.nextBoolean()
                ? vectors.get(random.nextInt(vectors.size()))
                : vector(random, dimension, vectors);
        assertEquals(oracle(kept, query, filter, k), index.search(query, filter, k));
      }
    }
  }

  @Test
  void twoThreadsFindWhatTheOracleFinds() {
    Random random = new Random(5);
    var index = new ExactIndex(32, 2);
    var kept = new HashMap<String, Entry>();
    for (int i = 0; i < 30_000; i++) {
      Entry e = entry("i" + i, 0, vector(random, 32, List.of()), random);
      kept.put(e.instance(), e);
    }
    index.add(kept.values());
    for (int i = 0; i < 20; i++) {
      float[] query = vector(random, 32, List.of());
      assertEquals(oracle(kept, query, Filter.NONE, 10), index.search(query, Filter.NONE, 10));
    }
  }

  /**
   * A row whose true product lies outside its bounds would be lost or would raise the threshold
   * wrongly.
   */
  @Property(tries = 300, seed = "20261128")
  void boundsHoldTheTrueProduct(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int dimension) {
    Random random = new Random(seed);
    var rows = new Rows(dimension);
    float[] v = vector(random, dimension, List.of());
    float[] q = vector(random, dimension, List.of());
    rows.append(entry("i", 0, v, random));
    var candidates = new Candidates(rows, 1);
    rows.scan(Quantised.of(q, rows.padded()), null, 0, 1, candidates);
    double truth = dot(q, v);
    assertTrue(candidates.threshold() <= truth, () -> candidates.threshold() + " > " + truth);
    assertTrue(candidates.upper(0) >= truth, () -> candidates.upper(0) + " < " + truth);
    assertTrue(candidates.upper(0) - candidates.threshold() < 0.2 * norm(q) * norm(v) + 1e-30);
  }

  private static double norm(float[] v) {
    return Math.sqrt(dot(v, v));
  }

  @Property(tries = 100, seed = "20261128")
  void vectorDotEqualsScalarDot(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps) {
    Random random = new Random(seed);
    short[] query = new short[steps * ByteDot.STEP];
    byte[] codes = new byte[query.length + 3];
    for (int i = 0; i < query.length; i++) {
      query[i] = (short) (random.nextInt(4) == 0 ? 127 : random.nextInt(255) - 127);
      codes[i + 3] = (byte) (random.nextInt(4) == 0 ? -127 : random.nextInt(255) - 127);
    }
    assertEquals(ByteDot.scalarDot(query, codes, 3), ByteDot.dot(query, codes, 3));
  }

  @Test
  void removedVectorsAreNotLeftInMemory() throws ReflectiveOperationException {
    var index = new ExactIndex(4, 1);
    for (int i = 0; i < 600; i++) {
      index.add(List.of(entry("i" + i, 0, new float[] {1 + i, 2, 3, 4}, new Random(i))));
    }
    for (int i = 100; i < 600; i++) {
      index.remove("i" + i);
    }
    Field rows = ExactIndex.class.getDeclaredField("rows");
    rows.setAccessible(true);
    Field values = Rows.class.getDeclaredField("values");
    values.setAccessible(true);
    var firsts = new ArrayList<Float>();
    for (float[] chunk : (float[][]) values.get(rows.get(index))) {
      for (int i = 0; i < chunk.length; i += 4) {
        if (chunk[i] != 0) {
          firsts.add(chunk[i]);
        }
      }
    }
    assertEquals(100, firsts.size());
    assertTrue(firsts.stream().allMatch(v -> v <= 100));
  }

  @Test
  void badVectorsAreRefused() {
    var index = new ExactIndex(2, 1);
    assertCode(ErrorCode.INVALID_ARGUMENT, () -> index.search(new float[] {0, 0}, Filter.NONE, 1));
    assertCode(ErrorCode.INVALID_ARGUMENT, () -> index.search(new float[] {1}, Filter.NONE, 1));
    assertCode(
        ErrorCode.NOT_FINITE, () -> index.search(new float[] {1, Float.NaN}, Filter.NONE, 1));
    assertCode(ErrorCode.INVALID_ARGUMENT, () -> index.search(new float[] {1, 1}, Filter.NONE, 0));
    assertEquals(List.of(), index.search(new float[] {1, 1}, Filter.NONE, 3));
  }

  private static void assertCode(ErrorCode code, org.junit.jupiter.api.function.Executable call) {
    assertEquals(code, assertThrows(PrecordiaException.class, call).code());
  }
}
