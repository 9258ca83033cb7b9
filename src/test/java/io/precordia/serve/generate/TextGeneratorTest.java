package io.precordia.serve.generate;

import static io.precordia.serve.generate.TinyLanguageModels.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.TinyModels;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.model.parity.Golden;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.serve.Cancellation;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hub folders of language models as the service continues texts with them. */
class TextGeneratorTest {
  @TempDir Path dir;

  private static Generated generate(Path folder, String prompt, int most) {
    try (TextGenerator generator = TextGenerator.open(folder)) {
      return generator.generate(prompt, most, new Cancellation());
    }
  }

  private static ErrorCode refusal(Path folder, String prompt, int most) {
    return assertThrows(PrecordiaException.class, () -> generate(folder, prompt, most)).code();
  }

  /** The most probable tokens without any cache: the whole text is read anew for each. */
  private static int[] slowly(Path folder, int[] prompt, int most) {
    try (DjlOps ops = DjlOps.cpu()) {
      CausalLmFolder opened = CausalLm.open(folder);
      Forward f = Forward.evaluation(ops, opened.parameters(ops), Adapters.NONE);
      int[] all = prompt;
      for (int i = 0; i < most; i++) {
        try (Scope scope = ops.scope()) {
          float[] logits = ops.download(opened.model().logits(f, new int[][] {all}));
          int vocabulary = opened.model().config().vocabulary();
          int best = 0;
          for (int t = 1; t < vocabulary; t++) {
            int at = logits.length - vocabulary;
            best = logits[at + t] > logits[at + best] ? t : best;
          }
          all = Arrays.copyOf(all, all.length + 1);
          all[all.length - 1] = best;
        }
      }
      return Arrays.copyOfRange(all, prompt.length, all.length);
    }
  }

  @Test
  void itContinuesByTheMostProbableTokens() throws IOException {
    Path folder = TinyLanguageModels.llama(dir.resolve("tiny"), "");
    int[] prompt = {3, 14, 15, 9};
    Generated made = generate(folder, words(prompt), 12);
    assertEquals(words(slowly(folder, prompt, 12)), made.text());
    assertEquals(4, made.promptTokens());
    assertEquals(12, made.newTokens());
    assertEquals(Generated.Finish.LENGTH, made.finish());
    assertEquals("tiny", made.model().id());
    assertEquals(64, made.model().sha256().length());
  }

  @Test
  void aStopTokenEndsTheTextAndIsNotShown() throws IOException {
    Path folder = TinyLanguageModels.llama(dir.resolve("tiny"), "");
    int[] prompt = {3, 14, 15, 9};
    int[] free = slowly(folder, prompt, 6);
    int first = 0;
    while (Arrays.stream(free, 0, first).anyMatch(t -> t == free[2]) || free[first] != free[2]) {
      first++;
    }
    Files.writeString(
        folder.resolve("generation_config.json"), "{\"eos_token_id\":[39," + free[2] + "]}");
    Generated made = generate(folder, words(prompt), 6);
    assertEquals(Generated.Finish.STOP, made.finish());
    assertEquals(first + 1, made.newTokens());
    assertEquals(words(Arrays.copyOf(free, first)), made.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen3"})
  void theReferencesTokensComeOut(String name) throws IOException {
    Path from = TinyModels.golden(name);
    Assumptions.assumeTrue(Files.isDirectory(from), "no goldens beside the checkout");
    Path folder = Files.createDirectories(dir.resolve(name));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(from.resolve(file), folder.resolve(file));
    }
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": 9999}");
    TinyLanguageModels.tokenizer(folder, 160);
    try (Golden golden = Golden.open(from)) {
      int width = Math.toIntExact(golden.shape("input_ids")[1]);
      int[] prompt = Arrays.copyOf(golden.integers("input_ids"), width);
      int[] all =
          LongStream.of(golden.outputs().integers("greedy_tokens"))
              .mapToInt(t -> (int) t)
              .toArray();
      int from2 =
          all.length > width && Arrays.equals(prompt, Arrays.copyOf(all, width)) ? width : 0;
      int[] wanted = Arrays.copyOfRange(all, from2, all.length);
      assertEquals(words(wanted), generate(folder, words(prompt), wanted.length).text());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path folder = TinyLanguageModels.llama(dir.resolve("tiny"), "");
    assertEquals(ErrorCode.INVALID_ARGUMENT, refusal(folder, "w1 w2", 31));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refusal(folder, "", 1));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refusal(folder, "   ", 1));
    assertEquals(ErrorCode.INVALID_ARGUMENT, refusal(folder, "w1", 0));
    assertEquals(30, generate(folder, "w1 w2", 30).newTokens());
  }

  @Test
  void otherKindsAndIncompleteFoldersAreNamed() throws IOException {
    Path folder = TinyLanguageModels.llama(dir.resolve("tiny"), "");
    Files.delete(folder.resolve("tokenizer.json"));
    assertEquals(ErrorCode.BAD_WEIGHTS, refusal(folder, "w1", 1));
    TinyLanguageModels.tokenizer(folder, 40);
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\":\"end\"}");
    assertEquals(ErrorCode.BAD_WEIGHTS, refusal(folder, "w1", 1));
    assertTrue(TextGenerator.reads(folder));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"bert\"}");
    assertEquals(ErrorCode.NOT_GENERATIVE, refusal(folder, "w1", 1));
    assertFalse(TextGenerator.reads(folder));
  }

  @Test
  void aCancelledTextEndsBetweenTokens() throws IOException {
    Path folder = TinyLanguageModels.llama(dir.resolve("tiny"), "");
    Cancellation gone = new Cancellation();
    gone.cancel();
    try (TextGenerator generator = TextGenerator.open(folder)) {
      assertEquals(
          ErrorCode.CANCELLED,
          assertThrows(PrecordiaException.class, () -> generator.generate("w1", 5, gone)).code());
    }
  }

  @Test
  void modelsTakeEachOthersPlaceAndAreAskedInTheirOrder() throws Exception {
    Path one = TinyLanguageModels.llama(dir.resolve("one"), "");
    Path two = TinyLanguageModels.llama(dir.resolve("two"), ", \"rms_norm_eps\": 0.01");
    try (Generators generators =
        new Generators(
            new GenerationLimits(20, 8, java.time.Duration.ofMinutes(2), 1),
            dir.resolve("adapters"))) {
      generators.load("one", one);
      assertEquals(java.util.Set.of("one"), generators.names());
      List<Thread> callers = new ArrayList<>();
      List<String> texts = java.util.Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 6; i++) {
        callers.add(
            Thread.startVirtualThread(
                () ->
                    texts.add(
                        generators
                            .generate("one", one, null, "w5 w6", 8, new Cancellation())
                            .text())));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertEquals(6, texts.size());
      assertEquals(1, texts.stream().distinct().count());
      generators.generate("two", two, null, "w5", 2, new Cancellation());
      assertEquals(java.util.Set.of("two"), generators.names());
      assertTrue(generators.unload("two"));
      assertFalse(generators.unload("two"));
      assertEquals(
          ErrorCode.INVALID_ARGUMENT,
          assertThrows(
                  PrecordiaException.class,
                  () -> generators.generate("one", one, null, "w5", 21, new Cancellation()))
              .code());
    }
  }
}
