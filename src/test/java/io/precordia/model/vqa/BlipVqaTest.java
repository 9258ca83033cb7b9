package io.precordia.model.vqa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import io.precordia.model.TinyModels;
import io.precordia.model.hub.HubConfig;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlipVqaTest {
  private static final int VOCABULARY = 23;
  private static final String CONFIG =
      """
      {"model_type": "blip",
       "text_config": {"hidden_size": 12, "num_attention_heads": 3, "intermediate_size": 20,
        "num_hidden_layers": 2, "vocab_size": 23, "max_position_embeddings": 9,
        "encoder_hidden_size": 768, "bos_token_id": 20, "sep_token_id": 22 %s},
       "vision_config": {"hidden_size": 12, "num_attention_heads": 2, "intermediate_size": 20,
        "num_hidden_layers": 2, "image_size": 8, "patch_size": 4}}
      """;

  @TempDir Path folder;
  private DjlOps ops;

  @BeforeEach
  void open() {
    ops = DjlOps.cpu();
  }

  @AfterEach
  void close() {
    ops.close();
  }

  private BlipVqa model(String more) throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG.formatted(more));
    return new BlipVqa(BlipVqaConfig.read(HubConfig.read(folder)));
  }

  private Forward forward(BlipVqa model, long seed) {
    return Forward.evaluation(
        ops,
        new FrozenParameters(ops, TinyModels.weights(model.parameters(), seed)),
        Adapters.NONE);
  }

  private Tensor pixels(int n) {
    Random random = new Random(4);
    float[] values = new float[n * 3 * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return ops.upload(values, n, 3, 8, 8);
  }

  private double loss(BlipVqa model, Forward f, Tensor question, int... answer) {
    try (Scope scope = ops.scope()) {
      return ops.download(model.loss(f, question, TokenRows.of(new int[][] {answer})))[0];
    }
  }

  /** The loss of [bos, answer…, x] over all x is least for the token that greedy search adds. */
  @Test
  void greedyAnswersAreTheLeastLossStepByStep() throws IOException {
    BlipVqa model = model("");
    for (long seed = 1; seed < 3; seed++) {
      Forward f = forward(model, seed);
      Tensor image = model.image(f, pixels(1));
      Tensor question = model.question(f, ops.upload(new int[] {3, 1, 4}, 1, 3), null, image);
      int[] answer = model.answer(f, question, 3);
      assertTrue(answer.length == 3 || answer[answer.length - 1] == 22);
      int[] read = new int[1 + answer.length];
      read[0] = 20;
      for (int i = 0; i < answer.length; i++) {
        int[] next = Arrays.copyOf(read, i + 2);
        double best = Double.POSITIVE_INFINITY;
        int argmin = -1;
        for (int x = 0; x < VOCABULARY; x++) {
          next[i + 1] = x;
          double loss = loss(model, f, question, next);
          argmin = loss < best ? x : argmin;
          best = Math.min(best, loss);
        }
        assertEquals(argmin, answer[i]);
        read[i + 1] = answer[i];
      }
    }
  }

  @Test
  void anAnswerStopsAtTheSeparator() throws IOException {
    BlipVqa model = model("");
    ParameterSet weights = TinyModels.weights(model.parameters(), 1);
    weights.values("text_decoder.cls.predictions.bias")[22] = 1000;
    Forward f = Forward.evaluation(ops, new FrozenParameters(ops, weights), Adapters.NONE);
    Tensor image = model.image(f, pixels(1));
    Tensor question = model.question(f, ops.upload(new int[] {3, 1}, 1, 2), null, image);
    assertArrayEquals(new int[] {22}, model.answer(f, question, 6));
  }

  @Test
  void paddingOfAQuestionDoesNotReachItsTokens() throws IOException {
    BlipVqa model = model("");
    Forward f = forward(model, 2);
    Tensor image = model.image(f, pixels(2));
    Tensor mask = ops.upload(new float[] {1, 1, 1, 1, 1, 0}, 2, 3);
    Tensor ids = ops.upload(new int[] {5, 6, 7, 8, 9, 0}, 2, 3);
    Tensor both = model.question(f, ids, mask, image);
    Tensor alone =
        model.question(f, ops.upload(new int[] {8, 9}, 1, 2), null, ops.slice(image, 0, 1, 2));
    float[] expected = ops.download(alone);
    float[] all = ops.download(both);
    assertTrue(TinyModels.relativeError(Arrays.copyOfRange(all, 3 * 12, 5 * 12), expected) < 1e-5);
    Tensor other =
        model.question(f, ops.upload(new int[] {8, 9}, 1, 2), null, ops.slice(image, 0, 0, 1));
    assertTrue(TinyModels.relativeError(ops.download(other), expected) > 1e-4);
  }

  @Test
  void theRestBehindTheLastWholePatchIsNotSeen() throws IOException {
    BlipVqa whole = model("");
    Files.writeString(
        folder.resolve("config.json"),
        CONFIG.formatted("").replace("\"image_size\": 8", "\"image_size\": 11"));
    BlipVqa rest = new BlipVqa(BlipVqaConfig.read(HubConfig.read(folder)));
    assertEquals(whole.parameters(), rest.parameters());
    Tensor seen = pixels(1);
    float[] values = ops.download(seen);
    float[] wider = new float[3 * 11 * 11];
    Arrays.fill(wider, 77);
    for (int row = 0; row < 3 * 8; row++) {
      System.arraycopy(values, row * 8, wider, (row / 8 * 11 + row % 8) * 11, 8);
    }
    Forward f = forward(whole, 2);
    assertArrayEquals(
        ops.download(whole.image(f, seen)),
        ops.download(rest.image(f, ops.upload(wider, 1, 3, 11, 11))));
  }

  @Test
  void textsLongerThanThePositionTableAreRefused() throws IOException {
    BlipVqa model = model("");
    Forward f = forward(model, 2);
    Tensor image = model.image(f, pixels(1));
    Tensor ids = ops.upload(new int[10], 1, 10);
    assertThrows(PrecordiaException.class, () -> model.question(f, ids, null, image));
  }

  @Test
  void headsTiedOrNot() throws IOException {
    String weight = "text_decoder.cls.predictions.decoder.weight";
    BlipVqa tied = model("");
    ParameterSet weights = TinyModels.weights(tied.parameters(), 3);
    assertFalse(weights.contains(weight));
    ParameterSpec copy =
        new ParameterSpec(
            weight, new long[] {23, 12}, ParameterSpec.Role.WEIGHT, Initializer.ZEROS);
    weights.put(copy, weights.values("text_decoder.bert.embeddings.word_embeddings.weight"));
    TinyModels.write(folder, CONFIG.formatted(""), weights);
    assertEquals(tied.parameters(), BlipVqa.open(folder).weights().specs());
    weights.put(copy, new float[23 * 12]);
    TinyModels.write(folder, CONFIG.formatted(""), weights);
    assertThrows(PrecordiaException.class, () -> BlipVqa.open(folder));
    String untied = ", \"tie_word_embeddings\": false";
    weights.put(
        new ParameterSpec(
            "text_decoder.cls.predictions.decoder.bias",
            new long[] {23},
            ParameterSpec.Role.BIAS,
            Initializer.ZEROS),
        new float[23]);
    TinyModels.write(folder, CONFIG.formatted(untied), weights);
    assertTrue(BlipVqa.open(folder).weights().contains(weight));
  }

  @Test
  void valuesThatCannotBeHonouredAreNamed() {
    for (String more :
        new String[] {
          ", \"is_decoder\": false",
          ", \"hidden_act\": \"mish\"",
          ", \"hidden_size\": 15",
          ", \"position_embedding_type\": \"relative_key\""
        }) {
      PrecordiaException e = assertThrows(PrecordiaException.class, () -> model(more));
      assertTrue(e.getMessage().contains(more.split("\"")[1]), e.getMessage());
    }
  }
}
