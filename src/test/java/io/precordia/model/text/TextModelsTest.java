package io.precordia.model.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.HubModels;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubFolder;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextModelsTest {
  @TempDir private Path folder;

  private static float[] pooled(HubModel<TextModel> opened, DjlOps ops, TextBatch batch) {
    Forward f = Forward.evaluation(ops, new FrozenParameters(ops, opened.weights()), Adapters.NONE);
    return ops.download(opened.model().pooled(f, batch));
  }

  @ParameterizedTest
  @CsvSource({"bert, 0, 12", "roberta, 1, 10"})
  void paddingChangesNothing(String type, int pad, int maxTokens) throws IOException {
    HubModel<TextModel> opened =
        HubModels.text(HubFolder.bert(folder, type, pad).write(ElementType.F32));
    assertEquals(maxTokens, opened.model().maxTokens());
    int[] text = {5, 9, 7};
    int[] longer = {5, 11, 13, 17, 19};
    try (DjlOps ops = DjlOps.cpu()) {
      float[] alone = pooled(opened, ops, TextBatch.of(List.of(text), pad));
      float[] both = pooled(opened, ops, TextBatch.of(List.of(text, longer), pad));
      assertArrayEquals(alone, Arrays.copyOf(both, 8), 1e-5f);
      TextBatch unmasked = new TextBatch(new TokenRows(1, 4, new int[] {5, 9, 7, 3}), null, null);
      assertFalse(Arrays.equals(alone, pooled(opened, ops, unmasked)));
    }
  }

  @Test
  void tensorFlowsNamesOfNormsAreUnderstood() throws IOException {
    HubFolder f = HubFolder.bert(folder, "bert", 0);
    float[] gain = f.values.get("embeddings.LayerNorm.weight");
    for (String name : List.copyOf(f.values.keySet())) {
      f.rename(
          name,
          "bert."
              + name.replace("LayerNorm.weight", "LayerNorm.gamma")
                  .replace("LayerNorm.bias", "LayerNorm.beta"));
    }
    f.put("cls.predictions.bias", new long[] {20}, new float[20]);
    assertArrayEquals(
        gain,
        HubModels.text(f.write(ElementType.F32)).weights().values("embeddings.LayerNorm.weight"));
  }

  @Test
  void robertasPaddingStandsApartEvenInTheMiddle() throws IOException {
    HubFolder f = HubFolder.bert(folder, "roberta", 1);
    HubModel<TextModel> opened = HubModels.text(f.write(ElementType.F32));
    TokenRows ids = new TokenRows(1, 4, new int[] {5, 1, 9, 7});
    TokenRows mask = new TokenRows(1, 4, new int[] {1, 0, 1, 1});
    try (DjlOps ops = DjlOps.cpu()) {
      // A hole in the middle takes no position, so that the text is the one without it.
      assertArrayEquals(
          pooled(opened, ops, TextBatch.of(List.of(new int[] {5, 9, 7}), 1)),
          pooled(opened, ops, new TextBatch(ids, mask, null)),
          1e-5f);
    }
  }

  @Test
  void textsThatDoNotFitAreRefused() throws IOException {
    HubModel<TextModel> opened =
        HubModels.text(HubFolder.bert(folder, "bert", 0).write(ElementType.F32));
    int[] tooLong = new int[13];
    Arrays.fill(tooLong, 3);
    try (DjlOps ops = DjlOps.cpu()) {
      for (int[] bad : new int[][] {tooLong, {20}}) {
        PrecordiaException e =
            assertThrows(
                PrecordiaException.class, () -> pooled(opened, ops, TextBatch.of(List.of(bad), 0)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "9, 2", "14, 0"})
  void clipPoolsAtTheEndOfText(int endId, int expected) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(
        file,
        "{\"hidden_size\":8,\"num_attention_heads\":2,\"vocab_size\":16,\"eos_token_id\":"
            + endId
            + "}");
    ClipText model = ClipText.read(HubConfig.readFile(file));
    TextBatch batch = new TextBatch(new TokenRows(1, 4, new int[] {3, 12, 9, 9}), null, null);
    try (DjlOps ops = DjlOps.cpu()) {
      Forward f =
          Forward.evaluation(ops, new FrozenParameters(ops, new ParameterSet()), Adapters.NONE);
      Tensor states = ops.upload(new float[] {0, 1, 2, 3}, 1, 4, 1);
      assertArrayEquals(new float[] {expected}, ops.download(model.pooledOf(f, states, batch)));
    }
  }
}
