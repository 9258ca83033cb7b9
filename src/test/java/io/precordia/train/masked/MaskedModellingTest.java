package io.precordia.train.masked;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.DropKey;
import io.precordia.nn.EncoderConfig;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.optim.AdamW;
import io.precordia.train.optim.AdamWConfig;
import io.precordia.train.optim.ParameterGroups;
import io.precordia.train.optim.Schedule;
import io.precordia.train.optim.TrainingStep;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaskedModellingTest {
  private static final int SIDE = 32;
  private static final int PATCH = 8;

  @Test
  void filmsHideBlocksAndRememberThem() {
    byte[] octets = octets(3, SIDE);
    MaskedFilms films = MaskedFilms.of(octets, SIDE, PATCH, 127, 0.5, new SplittableRandom(1));
    int across = SIDE / PATCH;
    int count = 0;
    for (int p = 0; p < films.hidden().length; p++) {
      int film = p / (across * across);
      int row = p % (across * across) / across;
      int column = p % across;
      boolean hidden = films.hidden()[p] == 1;
      count += hidden ? 1 : 0;
      // Two by two patches go together.
      int twin = film * across * across + row / 2 * 2 * across + column / 2 * 2;
      assertEquals(films.hidden()[twin], films.hidden()[p]);
      double sum = 0;
      double square = 0;
      for (int k = 0; k < PATCH * PATCH; k++) {
        int at = film * SIDE * SIDE + (row * PATCH + k / PATCH) * SIDE + column * PATCH + k % PATCH;
        assertEquals(hidden ? 127 : octets[at], films.octets()[at]);
        float t = films.targets()[p * PATCH * PATCH + k];
        sum += t;
        square += t * t;
      }
      assertEquals(0, sum / (PATCH * PATCH), 1e-4);
      assertEquals(1, square / (PATCH * PATCH), 1e-3);
    }
    assertEquals(films.hidden().length / 2, count);
  }

  @Test
  void signalsAreSilencedInAllLeadsAtOnce() {
    int samples = 1000;
    int tokens = 196;
    float[] values = new float[2 * 12 * samples];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + random.nextFloat();
    }
    MaskedSignals s = MaskedSignals.of(values, 12, samples, tokens, 0.4, new SplittableRandom(2));
    for (int i = 0; i < 2; i++) {
      int silent = 0;
      for (int t = 0; t < samples; t++) {
        boolean gone = s.values()[i * 12 * samples + t] == 0;
        silent += gone ? 1 : 0;
        for (int lead = 1; lead < 12; lead++) {
          assertEquals(gone, s.values()[(i * 12 + lead) * samples + t] == 0);
        }
      }
      assertEquals(400, silent);
      for (int k = 0; k < tokens; k++) {
        boolean gone = s.values()[i * 12 * samples + 5 * k + 12] == 0;
        assertEquals(gone ? 1 : 0, s.hidden()[i * tokens + k]);
        assertEquals(
            values[(i * 12 + 7) * samples + 5 * k + 13],
            s.targets()[((i * tokens + k) * 12 + 7) * 5 + 3]);
      }
    }
  }

  @Test
  void theErrorFallsAndNothingElseMoves() {
    EncoderConfig small = EncoderConfig.vision(16, 2, 2, DropKey.OFF);
    MoreModel model =
        new MoreModel(
            new MoreConfig(
                new MoreConfig.Xray(1, SIDE, PATCH, 4, 0.5, 0.3, small),
                new MoreConfig.Ecg(12, 1000, 8, small),
                new MoreConfig.Text(
                    50,
                    16,
                    0,
                    0,
                    false,
                    new EncoderConfig(16, 1, 2, 32, 1e-6, true, false, true, DropKey.OFF)),
                8,
                0.07));
    MaskedModelling masked = new MaskedModelling(model);
    ParameterSet start = ParameterSet.initial(model.parameters(), 1);
    byte[] films = stripes(4);
    float[] ecgs = waves(3);
    try (DjlOps ops = DjlOps.cpu()) {
      ParameterGroups groups = ParameterGroups.standard(0.05, masked::trainable);
      try (TrainableParameters weights =
          new TrainableParameters(ops, masked.attach(start, 1), groups.assignment())) {
        AdamW optimizer = new AdamW(ops, weights, groups, AdamWConfig.standard());
        Schedule schedule = new Schedule.WarmupCosine(3e-3, 1e-4, 5, 60);
        double first = 0;
        double last = 0;
        for (int step = 0; step < 60; step++) {
          long seed = step;
          TrainingStep done =
              TrainingStep.run(
                  ops,
                  weights,
                  optimizer,
                  schedule,
                  1,
                  step,
                  () ->
                      masked.loss(Forward.training(ops, weights, Adapters.NONE), films, ecgs, seed),
                  "");
          first += step < 5 ? done.loss() / 5 : 0;
          last += step >= 55 ? done.loss() / 5 : 0;
        }
        assertTrue(last < 0.7 * first, first + " to " + last);
        ParameterSet after = masked.detach(weights.snapshot());
        assertEquals(start.specs(), after.specs());
        assertArrayEquals(
            start.values("xray_projection.fc1.weight"), after.values("xray_projection.fc1.weight"));
        assertFalse(
            java.util.Arrays.equals(
                start.values("xray.cls_token"), after.values("xray.cls_token")));
      }
    }
  }

  private static byte[] octets(int n, int side) {
    byte[] out = new byte[n * side * side];
    new Random(1).nextBytes(out);
    return out;
  }

  /** Films that go on where they are hidden: stripes of one direction each. */
  private static byte[] stripes(int n) {
    byte[] out = new byte[n * SIDE * SIDE];
    for (int i = 0; i < out.length; i++) {
      int at = i % SIDE + (i / (SIDE * SIDE)) * (i / SIDE % SIDE);
      out[i] = (byte) (at % 8 < 4 ? 30 : 220);
    }
    return out;
  }

  private static float[] waves(int n) {
    float[] out = new float[n * 12 * 1000];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.sin(2 * Math.PI * (i % 1000) / 40.0 + i / 12000);
    }
    return out;
  }
}
