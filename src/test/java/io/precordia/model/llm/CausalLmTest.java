package io.precordia.model.llm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import io.precordia.model.TinyModels;
import io.precordia.nn.Adapters;
import io.precordia.nn.DecoderConfig;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.KeyValueCache;
import io.precordia.nn.NextTokenLoss;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.RotaryPositions;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of a causal language model whatever its weights are. */
class CausalLmTest {
  private static final int VOCABULARY = 37;
  private DjlOps ops;

  @BeforeEach
  void open() {
    ops = DjlOps.cpu();
  }

  @AfterEach
  void close() {
    ops.close();
  }

  /** LLaMA's options for odd seeds, Qwen3's for even ones. */
  private static CausalLm model(int kvHeads, long seed) {
    boolean qwen = seed % 2 == 0;
    DecoderConfig decoder =
        new DecoderConfig(
            24, 2, 6, kvHeads, qwen ? 10 : 4, 40, Activation.SILU, 1e-6, !qwen, !qwen, qwen, 0);
    RotaryPositions positions = RotaryPositions.of(decoder.headDim(), 100);
    return new CausalLm(new CausalLmConfig(VOCABULARY, qwen, decoder, positions));
  }

  private Forward forward(ParameterSet weights) {
    return Forward.evaluation(ops, new FrozenParameters(ops, weights), Adapters.NONE);
  }

  private Forward forward(CausalLm model, long seed) {
    return forward(TinyModels.weights(model.parameters(), seed));
  }

  private static int[] tokens(int count, long seed) {
    return new Random(seed).ints(count, 0, VOCABULARY).toArray();
  }

  private float[] logits(CausalLm model, Forward f, int[] ids) {
    return ops.download(model.logits(f, new int[][] {ids}));
  }

  private static void assertClose(float[] expected, float[] actual) {
    assertTrue(
        TinyModels.relativeError(actual, expected) < 1e-5,
        () -> "relative error " + TinyModels.relativeError(actual, expected));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void decodingWithACacheEqualsOnePassOverAll(long seed) {
    CausalLm model = model(2, seed);
    Forward f = forward(model, seed);
    int[] ids = tokens(11, seed);
    float[] all = logits(model, f, ids);
    KeyValueCache cache = model.cache(ops, 1, 11);
    int from = 0;
    for (int length : new int[] {4, 1, 1, 3, 2}) {
      int[] part = Arrays.copyOfRange(ids, from, from + length);
      Tensor x = model.embed(f, TokenRows.of(new int[][] {part}).ids(ops, VOCABULARY));
      float[] step = ops.download(model.head(f, model.states(f, x, null, cache)));
      assertClose(Arrays.copyOfRange(all, from * VOCABULARY, (from + length) * VOCABULARY), step);
      from += length;
    }
    Tensor more = model.embed(f, ops.upload(new int[] {1}, 1, 1));
    assertThrows(PrecordiaException.class, () -> model.states(f, more, null, cache));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void greedyTakesTheLargestLogitOfEveryFullPass(long seed) {
    CausalLm model = model(3, seed);
    Forward f = forward(model, seed);
    int[] prompt = tokens(5, seed);
    int[] added = model.greedy(f, prompt, 9, Set.of());
    int[] all = Arrays.copyOf(prompt, 14);
    for (int i = 0; i < 9; i++) {
      float[] logits = logits(model, f, Arrays.copyOf(all, 5 + i));
      int best = 0;
      for (int c = 0; c < VOCABULARY; c++) {
        int last = (4 + i) * VOCABULARY;
        best = logits[last + c] > logits[last + best] ? c : best;
      }
      assertEquals(best, added[i]);
      all[5 + i] = best;
    }
    int[] stopped = model.greedy(f, prompt, 9, Set.of(added[0]));
    assertArrayEquals(new int[] {added[0]}, stopped);
    assertEquals(0, model.greedy(f, prompt, 0, Set.of()).length);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void groupedQueriesEqualRepeatedKeyHeads(long seed) {
    CausalLm grouped = model(2, seed);
    CausalLm full = model(6, seed);
    ParameterSet few = TinyModels.weights(grouped.parameters(), seed);
    ParameterSet many = TinyModels.weights(full.parameters(), seed + 1);
    for (var spec : full.parameters()) {
      float[] source = few.values(spec.name());
      int rows = spec.name().matches(".*self_attn\\.[kv]_proj\\..*") ? 2 : 1;
      int block = source.length / rows;
      float[] out = new float[rows == 2 ? 6 * block : source.length];
      for (int h = 0; rows == 2 && h < 6; h++) {
        System.arraycopy(source, h / 3 * block, out, h * block, block);
      }
      many.put(spec, rows == 2 ? out : source);
    }
    int[] ids = tokens(7, seed);
    assertClose(logits(full, forward(many), ids), logits(grouped, forward(few), ids));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void paddedRowsEqualSingleRows(long seed) {
    CausalLm model = model(2, seed);
    Forward f = forward(model, seed);
    int[] a = tokens(8, seed);
    int[] b = tokens(5, seed + 10);
    int[] left = new int[8];
    int[] right = new int[8];
    System.arraycopy(b, 0, left, 3, 5);
    System.arraycopy(b, 0, right, 0, 5);
    int[][] mask = {{1, 1, 1, 1, 1, 1, 1, 1}, {0, 0, 0, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 0, 0, 0}};
    float[] all = ops.download(model.logits(f, new int[][] {a, left, right}, mask));
    int row = 8 * VOCABULARY;
    assertClose(logits(model, f, a), Arrays.copyOf(all, row));
    float[] single = logits(model, f, b);
    assertClose(single, Arrays.copyOfRange(all, row + 3 * VOCABULARY, 2 * row));
    assertClose(single, Arrays.copyOfRange(all, 2 * row, 2 * row + 5 * VOCABULARY));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void laterTokensDoNotChangeEarlierLogits(long seed) {
    CausalLm model = model(2, seed);
    Forward f = forward(model, seed);
    int[] ids = tokens(9, seed);
    float[] before = logits(model, f, ids);
    ids[6] = (ids[6] + 1) % VOCABULARY;
    float[] after = logits(model, f, ids);
    assertArrayEquals(
        Arrays.copyOf(before, 6 * VOCABULARY), Arrays.copyOf(after, 6 * VOCABULARY), 1e-5f);
    assertNotEquals(before[8 * VOCABULARY], after[8 * VOCABULARY], 1e-5f);
  }

  @Test
  void orderMatters() {
    CausalLm model = model(2, 1);
    Forward f = forward(model, 1);
    float[] one = logits(model, f, new int[] {3, 4, 5});
    float[] other = logits(model, f, new int[] {4, 3, 5});
    float[] lastOne = Arrays.copyOfRange(one, 2 * VOCABULARY, 3 * VOCABULARY);
    float[] lastOther = Arrays.copyOfRange(other, 2 * VOCABULARY, 3 * VOCABULARY);
    assertTrue(TinyModels.relativeError(lastOne, lastOther) > 1e-3);
  }

  @Test
  void lossCountsLabelsThatAreNotIgnored() {
    CausalLm model = model(2, 2);
    Forward f = forward(model, 2);
    int[][] ids = {tokens(6, 1), tokens(6, 2)};
    int[][] labels = {ids[0].clone(), ids[1].clone()};
    labels[0][2] = NextTokenLoss.IGNORED;
    labels[1][5] = NextTokenLoss.IGNORED;
    double total = 0;
    for (int r = 0; r < 2; r++) {
      float[] logits = logits(model, f, ids[r]);
      for (int t = 0; t < 5; t++) {
        if (labels[r][t + 1] != NextTokenLoss.IGNORED) {
          double sum = 0;
          for (int c = 0; c < VOCABULARY; c++) {
            sum += Math.exp(logits[t * VOCABULARY + c]);
          }
          total += Math.log(sum) - logits[t * VOCABULARY + labels[r][t + 1]];
        }
      }
    }
    assertEquals(total / 8, ops.download(model.loss(f, ids, labels))[0], 1e-5);
    int[][] none = {new int[6], new int[6]};
    Arrays.stream(none).forEach(row -> Arrays.fill(row, NextTokenLoss.IGNORED));
    assertThrows(PrecordiaException.class, () -> model.loss(f, ids, none));
  }

  @Test
  void adaptersAreAskedForEveryProjectionByItsHubName() {
    CausalLm model = model(2, 1);
    Set<String> asked = new TreeSet<>();
    Adapters recording =
        (parameters, path, training) -> {
          asked.add(path);
          return null;
        };
    ParameterSet weights = TinyModels.weights(model.parameters(), 1);
    model.logits(
        Forward.evaluation(ops, new FrozenParameters(ops, weights), recording),
        new int[][] {{1, 2}});
    Set<String> expected = new TreeSet<>(Set.of("lm_head"));
    for (int i = 0; i < 2; i++) {
      for (String name : new String[] {"q", "k", "v", "o"}) {
        expected.add("model.layers." + i + ".self_attn." + name + "_proj");
      }
      for (String name : new String[] {"gate", "up", "down"}) {
        expected.add("model.layers." + i + ".mlp." + name + "_proj");
      }
    }
    assertEquals(expected, asked);
  }

  @Test
  void badTokensAndMasksAreRefused() {
    CausalLm model = model(2, 1);
    Forward f = forward(model, 1);
    int[][] ids = {{1, 2}};
    assertThrows(PrecordiaException.class, () -> model.logits(f, new int[][] {{1, VOCABULARY}}));
    assertThrows(PrecordiaException.class, () -> model.logits(f, new int[][] {{-1, 0}}));
    assertThrows(PrecordiaException.class, () -> model.logits(f, new int[][] {{1, 2}, {1}}));
    assertThrows(PrecordiaException.class, () -> model.logits(f, new int[][] {{}}));
    assertThrows(PrecordiaException.class, () -> model.logits(f, ids, new int[][] {{0, 0}}));
    assertThrows(PrecordiaException.class, () -> model.logits(f, ids, new int[][] {{1, 2}}));
    assertThrows(PrecordiaException.class, () -> model.logits(f, ids, new int[][] {{1, 1, 1}}));
    assertThrows(PrecordiaException.class, () -> model.greedy(f, new int[0], 3, Set.of()));
  }
}
