package io.precordia.model.vqa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import io.precordia.model.TinyModels;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PostNormConfig;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QFormerTest {
  private DjlOps ops;

  @BeforeEach
  void open() {
    ops = DjlOps.cpu();
  }

  @AfterEach
  void close() {
    ops.close();
  }

  private static QFormer model(int frequency, boolean text) {
    PostNormConfig layer = new PostNormConfig(12, 3, 20, Activation.GELU, 1e-12, 0.1, 0.1);
    return new QFormer(new QFormerConfig(layer, 4, 10, frequency, text));
  }

  private Forward forward(QFormer model) {
    return Forward.evaluation(
        ops, new FrozenParameters(ops, TinyModels.weights(model.parameters(), 9)), Adapters.NONE);
  }

  private Tensor draw(long seed, long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return ops.upload(values, shape);
  }

  private void assertClose(Tensor expected, Tensor actual) {
    assertTrue(TinyModels.relativeError(ops.download(actual), ops.download(expected)) < 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void crossAttentionComesEveryFewLayers(int frequency) {
    List<Integer> found =
        model(frequency, false).parameters().stream()
            .map(ParameterSpec::name)
            .filter(n -> n.endsWith("crossattention.attention.key.weight"))
            .map(n -> Integer.valueOf(n.split("\\.")[2]))
            .toList();
    assertEquals(IntStream.range(0, 4).filter(i -> i % frequency == 0).boxed().toList(), found);
  }

  @Test
  void hiddenPatchesDoNotMatterAndOthersDo() {
    QFormer model = model(2, false);
    Forward f = forward(model);
    Tensor queries = draw(1, 1, 5, 12);
    Tensor image = draw(2, 1, 6, 10);
    Tensor seen = ops.slice(image, 1, 0, 4);
    Tensor mask = ops.upload(new float[] {1, 1, 1, 1, 0, 0}, 1, 6);
    Tensor masked = model.apply(f, queries, image, mask);
    assertClose(model.apply(f, queries, seen, null), masked);
    Tensor all = model.apply(f, queries, image, null);
    assertTrue(TinyModels.relativeError(ops.download(all), ops.download(masked)) > 1e-3);
  }

  @Test
  void textBehindQueriesMayBeMaskedOut() {
    QFormer model = model(2, true);
    Forward f = forward(model);
    Tensor tokens = draw(3, 1, 8, 12);
    Tensor queries = ops.slice(tokens, 1, 0, 5);
    Tensor image = draw(4, 1, 6, 10);
    Tensor hidden = ops.upload(new float[] {1, 1, 1, 1, 1, 0, 0, 0}, 1, 8);
    Tensor alone = model.apply(f, queries, image, null);
    Tensor both = model.apply(f, tokens, new QFormerPass(5, hidden, image, null));
    assertClose(alone, ops.slice(both, 1, 0, 5));
    Tensor read = model.apply(f, tokens, new QFormerPass(5, null, image, null));
    assertTrue(
        TinyModels.relativeError(ops.download(ops.slice(read, 1, 0, 5)), ops.download(alone))
            > 1e-3);
    QFormer mute = model(2, false);
    Forward g = forward(mute);
    assertThrows(
        PrecordiaException.class,
        () -> mute.apply(g, tokens, new QFormerPass(5, null, image, null)));
  }

  @Test
  void foldersAreReadAndRefusedByName(@TempDir Path folder) {
    String config =
        """
        {"model_type": "blip_2_qformer", "hidden_size": 12, "num_attention_heads": 3,
         "intermediate_size": 20, "num_hidden_layers": 4, "encoder_hidden_size": 10,
         "hidden_act": "%s", "cross_attention_frequency": 2}
        """;
    QFormer model = model(2, false);
    var weights = TinyModels.weights(model.parameters(), 9);
    VqaFolder<QFormer> read =
        QFormer.open(TinyModels.write(folder, config.formatted("gelu"), weights));
    assertEquals(weights.specs(), read.weights().specs());
    assertEquals(model.config(), read.model().config());
    PrecordiaException e =
        assertThrows(
            PrecordiaException.class,
            () -> QFormer.open(TinyModels.write(folder, config.formatted("mish"), weights)));
    assertTrue(e.getMessage().contains("hidden_act"), e.getMessage());
  }
}
