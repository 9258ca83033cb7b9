package io.precordia.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.RandomShards;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmConfig;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import io.precordia.weights.StoredArray;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that are uploaded at their first use, beside those uploaded all at once. */
class LazyParametersTest {
  private static final String TABLE = "model.embed_tokens.weight";
  private static final String NORM = "model.norm.weight";

  /** A table of 2,240,032 elements, which is several pieces and a rest. */
  private static final String LLAMA =
      """
      {"model_type": "llama", "hidden_size": 32, "intermediate_size": 48, "vocab_size": 70001,
       "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 2}
      """;

  @TempDir Path folder;
  private final DjlOps ops = DjlOps.cpu();

  @AfterEach
  void close() {
    ops.close();
  }

  private CausalLmFolder folder(ElementType type, int shards) throws IOException {
    Files.writeString(folder.resolve("config.json"), LLAMA);
    CausalLm model = new CausalLm(CausalLmConfig.read(folder));
    RandomShards.write(folder, model.parameters(), type, shards, 3);
    return CausalLm.open(folder);
  }

  @ParameterizedTest
  @CsvSource({"F32,1", "F16,1", "BF16,1", "F32,3", "F16,2", "BF16,3"})
  void valuesAndLogitsEqualThoseOfTheEagerPath(ElementType type, int shards) throws IOException {
    CausalLmFolder opened = folder(type, shards);
    ParameterSet eager = opened.weights();
    Parameters lazy = opened.parameters(ops);
    assertTrue(eager.spec(TABLE).count() > StoredArray.PIECE);
    int[][] ids = {{5, 70000, 1, 66000}};
    try (Scope scope = ops.scope()) {
      float[] expected =
          ops.download(
              opened
                  .model()
                  .logits(
                      Forward.evaluation(ops, new FrozenParameters(ops, eager), Adapters.NONE),
                      ids));
      assertArrayEquals(
          expected,
          ops.download(opened.model().logits(Forward.evaluation(ops, lazy, Adapters.NONE), ids)));
    }
    for (ParameterSpec spec : eager.specs()) {
      assertArrayEquals(spec.shape(), lazy.get(spec.name()).shape());
      assertArrayEquals(eager.values(spec.name()), ops.download(lazy.get(spec.name())));
    }
  }

  @Test
  void tensorsOutliveTheScopeOfTheirFirstUse() throws IOException {
    CausalLmFolder opened = folder(ElementType.BF16, 1);
    Parameters lazy = opened.parameters(ops);
    for (String name : List.of(TABLE, NORM)) {
      Tensor first;
      try (Scope outer = ops.scope();
          Scope inner = ops.scope()) {
        first = lazy.get(name);
      }
      assertSame(first, lazy.get(name));
      assertArrayEquals(opened.stored().values(name), ops.download(first));
    }
  }

  @Test
  void threadsThatNeedAnArrayAtOnceUploadItOnce() throws Exception {
    StoredParameters stored = folder(ElementType.F16, 2).stored();
    AtomicInteger uploads = new AtomicInteger();
    Parameters lazy = stored.on(counting(uploads));
    int threads = 16;
    CountDownLatch ready = new CountDownLatch(threads);
    List<Future<Tensor>> found = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        found.add(
            pool.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return lazy.get(TABLE);
                }));
      }
    }
    for (Future<Tensor> one : found) {
      assertSame(found.getFirst().get(), one.get());
    }
    assertEquals(
        Math.ceilDiv(70001 * 32, StoredArray.PIECE), uploads.get(), "pieces of one upload");
  }

  @Test
  void nothingIsUploadedThatIsNotUsed() throws IOException {
    StoredParameters stored = folder(ElementType.F32, 1).stored();
    AtomicInteger uploads = new AtomicInteger();
    Parameters lazy = stored.on(counting(uploads));
    assertEquals(0, uploads.get());
    lazy.get(NORM);
    lazy.get(NORM);
    assertEquals(1, uploads.get());
  }

  private Ops counting(AtomicInteger uploads) {
    return (Ops)
        Proxy.newProxyInstance(
            Ops.class.getClassLoader(),
            new Class<?>[] {Ops.class},
            (proxy, method, args) -> {
              if (method.getName().equals("uploadWeights")) {
                uploads.incrementAndGet();
              }
              try {
                return method.invoke(ops, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void anInterruptedThreadStillUploadsAndStaysInterrupted() throws IOException {
    CausalLmFolder opened = folder(ElementType.BF16, 1);
    Parameters lazy = opened.parameters(ops);
    Tensor norm;
    Thread.currentThread().interrupt();
    try {
      norm = lazy.get(NORM);
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertArrayEquals(opened.stored().values(NORM), ops.download(norm));
  }

  @Test
  void aFileThatWasReplacedIsNotReadAsIfItWereTheOldOne() throws IOException {
    Parameters lazy = folder(ElementType.BF16, 1).parameters(ops);
    Path file = folder.resolve("model-00001-of-00001.safetensors");
    Tensor norm = lazy.get(NORM);
    Path other = Files.copy(file, folder.resolve("other"));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertSame(norm, lazy.get(NORM));
    PrecordiaException e = assertThrows(PrecordiaException.class, () -> lazy.get(TABLE));
    assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
    assertTrue(e.getMessage().contains(TABLE), e.getMessage());
  }

  @Test
  void arraysThatDoNotFitAreNamedWhenTheFolderIsOpened() throws IOException {
    Parameters lazy = folder(ElementType.F32, 1).parameters(ops);
    assertTrue(
        assertThrows(PrecordiaException.class, () -> lazy.get("model.other.weight"))
            .getMessage()
            .contains("model.other.weight"));
    Path file = folder.resolve("model-00001-of-00001.safetensors");
    String header = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertTrue(
        refusal(file, header, "\"shape\":[70001,32]", "\"shape\":[32,70001]")
            .contains(TABLE + "[70001, 32]"));
    assertTrue(
        refusal(
                file,
                header,
                "\"model.norm.weight\":{\"dtype\":\"F32\"",
                "\"model.norm.weight\":{\"dtype\":\"I32\"")
            .contains("model.norm.weight holds I32"));
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, Files.readString(index).replace("model.norm.", "model.born."));
    assertTrue(refusal(file, header, "\"model.norm.", "\"model.born.").contains(NORM));
  }

  private String refusal(Path file, String content, String from, String to) throws IOException {
    assertTrue(content.contains(from));
    Files.write(file, content.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
    return assertThrows(PrecordiaException.class, () -> CausalLm.open(folder)).getMessage();
  }
}
