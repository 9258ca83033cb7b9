package io.precordia.serve.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.model.TinyModels;
import io.precordia.serve.BranchFolders;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import io.precordia.study.Modality;
import io.precordia.study.Pixels;
import io.precordia.train.text.TokenizerFile;
import io.precordia.train.text.WordPieceTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hub folders as encoders of the service, made of the goldens' models. */
class HubEncoderTest {
  private static final String PROCESSOR =
      """
      {"image_processor_type":"%sImageProcessor","do_resize":true,"size":%s,"resample":3,"do_center_crop":%s,
       "crop_size":{"height":48,"width":48},"do_rescale":true,"do_normalize":true,"do_convert_rgb":true}
      """;
  @TempDir Path dir;

  private Path folder(String golden, String processor) throws IOException {
    Path from = TinyModels.golden(golden);
    Assumptions.assumeTrue(Files.isDirectory(from), "no goldens beside the checkout");
    Path folder = Files.createDirectories(dir.resolve(golden));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.equals("config.json") || name.equals("model.safetensors")) {
          Files.copy(file, folder.resolve(name));
        }
      }
    }
    List<String> pieces = new ArrayList<>(WordPieceTrainer.SPECIAL);
    pieces.addAll(List.of("left", "right", "effusion", "oedema", "normal", "chest", "."));
    TokenizerFile.write(folder.resolve("tokenizer.json"), pieces);
    Files.writeString(folder.resolve("preprocessor_config.json"), processor);
    return folder;
  }

  @Test
  void aSiglipFolderEmbedsPicturesAndTextsInOneSpace() throws IOException {
    String processor = PROCESSOR.formatted("Siglip", "{\"height\":48,\"width\":48}", "false");
    try (Encoder encoder = ModelFolder.open(folder("siglip", processor))) {
      WarmUp.run(encoder);
      assertEquals("siglip", encoder.ref().id());
      assertEquals(64, encoder.dimension());
      assertTrue(encoder.logitBias().isPresent());
      float[][] texts = encoder.embedTexts(List.of("left effusion", "right oedema"));
      float[][] again = encoder.embedTexts(List.of("right oedema"));
      assertArrayEquals(texts[1], again[0], 1e-5f);
      assertEquals(1, norm(texts[0]), 1e-5);
      assertEquals(1, norm(encoder.embedXrays(List.of(WarmUp.xray()))[0]), 1e-5);
      assertEquals(
          ErrorCode.UNSUPPORTED_MODALITY,
          assertThrows(PrecordiaException.class, () -> encoder.embedEcgs(List.of(WarmUp.ecg())))
              .code());
    }
  }

  @Test
  void aClipFolderHasATemperatureAndNoBias() throws IOException {
    String processor = PROCESSOR.formatted("CLIP", "{\"shortest_edge\":48}", "true");
    try (Encoder encoder = ModelFolder.open(folder("clip", processor))) {
      assertEquals(40, encoder.dimension());
      assertTrue(encoder.temperature() > 0 && encoder.temperature() < 10);
      assertTrue(encoder.logitBias().isEmpty());
      assertEquals(1, norm(encoder.embedXrays(List.of(WarmUp.xray()))[0]), 1e-5);
    }
  }

  @Test
  void oneTowerServesItsModalityAlone() throws IOException {
    String processor = PROCESSOR.formatted("Bit", "{\"shortest_edge\":48}", "true");
    try (Encoder encoder = ModelFolder.open(folder("dinov2", processor))) {
      assertEquals(64, encoder.embedXrays(List.of(WarmUp.xray()))[0].length);
      assertThrows(PrecordiaException.class, () -> encoder.embedTexts(List.of("a")));
    }
    try (Encoder encoder = ModelFolder.open(folder("bert", processor))) {
      assertEquals(64, encoder.embedTexts(List.of("normal chest"))[0].length);
      assertThrows(PrecordiaException.class, () -> encoder.embedXrays(List.of(WarmUp.xray())));
    }
  }

  @Test
  void picturesThatKeepTheirProportionsAreEmbeddedEachInItsSize() throws IOException {
    String processor = PROCESSOR.formatted("Bit", "{\"shortest_edge\":48}", "false");
    float[] ramp = new float[32 * 64];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i / (float) ramp.length;
    }
    // As many pixels wide as the other is high: mixed up, they would still fill one batch.
    List<Pixels> films = List.of(new Pixels(64, 32, ramp), new Pixels(32, 64, ramp));
    try (Encoder encoder = ModelFolder.open(folder("dinov2", processor))) {
      float[][] together = encoder.embedXrays(films);
      assertArrayEquals(encoder.embedXrays(films.subList(0, 1))[0], together[0], 1e-5f);
      assertArrayEquals(encoder.embedXrays(films.subList(1, 2))[0], together[1], 1e-5f);
    }
  }

  @Test
  void eachModalityCanHaveAFolderOfItsOwn() throws IOException {
    String processor = PROCESSOR.formatted("Bit", "{\"shortest_edge\":48}", "true");
    Path films = folder("dinov2", processor);
    Path words = folder("bert", processor);
    Path more = Path.of("models", "precordia-more");
    try (Encoder encoder =
        new BranchFolders(more, Map.of(Modality.XRAY, films, Modality.REPORT, words)).open()) {
      assertEquals("dinov2+precordia-more+bert", encoder.ref().id());
      int ecg = encoder.dimension() - 64 - 64;
      float[] film = encoder.embedXrays(List.of(WarmUp.xray()))[0];
      float[] signal = encoder.embedEcgs(List.of(WarmUp.ecg()))[0];
      float[] text = encoder.embedTexts(List.of("left effusion"))[0];
      assertEquals(1, norm(film), 1e-5);
      assertEquals(1, norm(java.util.Arrays.copyOfRange(signal, 64, 64 + ecg)), 1e-5);
      assertEquals(1, norm(java.util.Arrays.copyOfRange(text, 64 + ecg, text.length)), 1e-5);
      assertFalse(encoder.comparable(Modality.XRAY, Modality.REPORT));
    }
    assertEquals(
        ErrorCode.INVALID_CONFIGURATION,
        assertThrows(
                PrecordiaException.class,
                () -> new BranchFolders(more, Map.of(Modality.ECG, films)).open())
            .code());
  }

  @Test
  void aFolderWithoutItsProcessorOrTokenizerSaysSo() throws IOException {
    String processor = PROCESSOR.formatted("CLIP", "{\"shortest_edge\":48}", "true");
    Path folder = folder("clip", processor);
    Files.delete(folder.resolve("tokenizer.json"));
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(PrecordiaException.class, () -> ModelFolder.open(folder)).code());
    Files.delete(folder.resolve("preprocessor_config.json"));
    assertTrue(
        assertThrows(PrecordiaException.class, () -> ModelFolder.open(folder))
            .getMessage()
            .contains("preprocessor_config.json"));
  }

  private static double norm(float[] v) {
    double sum = 0;
    for (float x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }
}
