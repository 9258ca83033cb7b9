package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.api.view.EmbeddingItem;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.model.Encoder;
import io.precordia.query.SearchRequest;
import io.precordia.query.SearchResult;
import io.precordia.serve.BranchFolders;
import io.precordia.serve.GateListener;
import io.precordia.serve.WarmUp;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model for each modality; what does not share a space is never compared. */
class BranchesTest {
  @TempDir Path dir;

  private Path model(String name) throws IOException {
    Path folder = Files.createDirectories(dir.resolve(name));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\":\"deterministic-test\",\"id\":\"" + name + "\"}");
    return folder;
  }

  private Engine start(Map<Modality, String> own) throws IOException {
    Map<String, String> keys = new HashMap<>();
    keys.put("precordia.data", dir.resolve("data").toString());
    keys.put("precordia.model", model("base").toString());
    for (var e : own.entrySet()) {
      keys.put("precordia.model." + Names.of(e.getKey()), model(e.getValue()).toString());
    }
    return Engine.open(TestConfig.of(keys), GateListener.NONE);
  }

  private static String keep(Engine engine, String name, String content) {
    String id =
        engine
            .workspace()
            .ingest()
            .accept(
                new Submission(
                    List.of(new Part(name, content.getBytes(StandardCharsets.UTF_8))),
                    new Identity("P", "S" + name, null, null, null, null, null, List.of())));
    return engine
        .workspace()
        .ingest()
        .await(List.of(id), Duration.ofSeconds(60))
        .getFirst()
        .instance();
  }

  private static SearchRequest words(String text, Set<Modality> wanted) {
    return new SearchRequest(
        text,
        null,
        null,
        new Filter(wanted, null, null, Set.of(), null, null, Set.of(), Set.of(), Set.of()),
        10,
        0,
        SearchRequest.Group.INSTANCE);
  }

  private static String ecg() {
    StringBuilder csv = new StringBuilder("time (s),I (mV),II (mV)\n");
    for (int i = 0; i < 5000; i++) {
      csv.append(i / 500.0).append(',').append(Math.sin(i * 0.02)).append(',');
      csv.append(Math.cos(i * 0.02)).append('\n');
    }
    return csv.toString();
  }

  @Test
  void vectorsOfDifferentModelsHaveNothingInCommon() throws IOException {
    BranchFolders folders =
        new BranchFolders(
            model("base"), Map.of(Modality.XRAY, model("films"), Modality.REPORT, model("words")));
    try (Encoder encoder = folders.open()) {
      assertEquals(3 * 64, encoder.dimension());
      assertEquals("films+base+words", encoder.ref().id());
      assertEquals("words", encoder.ref(Modality.REPORT).id());
      float[] film = encoder.embedXrays(List.of(WarmUp.xray()))[0];
      float[] ecg = encoder.embedEcgs(List.of(WarmUp.ecg()))[0];
      float[] text = encoder.embedTexts(List.of("effusion"))[0];
      for (float[][] pair : new float[][][] {{film, ecg}, {film, text}, {ecg, text}}) {
        assertEquals(0, dot(pair[0], pair[1]));
      }
      assertEquals(1, dot(film, film), 1e-5);
      assertTrue(encoder.comparable(Modality.XRAY, Modality.XRAY));
    }
  }

  @Test
  void oneFolderNamedTwiceIsOneSpace() throws IOException {
    Path both = model("both");
    Path copy = Files.createDirectories(dir.resolve("copy"));
    Files.copy(both.resolve("config.json"), copy.resolve("config.json"));
    try (Encoder encoder =
        new BranchFolders(model("base"), Map.of(Modality.XRAY, both, Modality.REPORT, copy))
            .open()) {
      assertEquals(2 * 64, encoder.dimension());
      assertTrue(encoder.comparable(Modality.XRAY, Modality.REPORT));
      assertEquals(false, encoder.comparable(Modality.ECG, Modality.REPORT));
    }
  }

  @Test
  void searchAndClassificationAcrossSpacesAreRefusedByName() throws IOException {
    try (Engine engine = start(Map.of(Modality.REPORT, "words"))) {
      String report = keep(engine, "r.txt", "Left pleural effusion.");
      String ecg = keep(engine, "e.csv", ecg());
      Searches searches = engine.searches();
      assertEquals(
          ErrorCode.DIFFERENT_SPACES,
          assertThrows(
                  PrecordiaException.class,
                  () -> searches.search(words("effusion", Set.of(Modality.XRAY))))
              .code());
      // without a wish, what can be compared is searched, and nothing else
      SearchResult any = searches.search(words("Left pleural effusion.", Set.of()));
      assertEquals(List.of(report), any.hits().stream().map(h -> h.instance()).toList());
      assertEquals("words", any.model().id());
      PrecordiaException refused =
          assertThrows(
              PrecordiaException.class,
              () ->
                  engine
                      .classification()
                      .classify(
                          Modality.ECG,
                          engine
                              .embeddings()
                              .vectors(
                                  Embeddings.content(engine.workspace().records().decoded(ecg))),
                          List.of("normal", "fibrillation"),
                          Map.of()));
      assertEquals(ErrorCode.DIFFERENT_SPACES, refused.code());
      assertTrue(refused.getMessage().contains("words"), refused.getMessage());
      List<EmbeddingItem> items =
          engine
              .embeddings()
              .answer(
                  engine
                      .embeddings()
                      .instances(List.of(report, ecg), engine.workspace().records(), 0))
              .items();
      assertEquals("words", items.get(0).model().id());
      assertEquals("base", items.get(1).model().id());
      assertNotEquals(items.get(0).model().sha256(), items.get(1).model().sha256());
      assertEquals(
          ErrorCode.CONFLICT,
          assertThrows(PrecordiaException.class, () -> engine.load("x", dir.resolve("base")))
              .code());
    }
  }

  @Test
  void anotherBranchEmbedsTheStoreAgain() throws Exception {
    try (Engine engine = start(Map.of())) {
      keep(engine, "r.txt", "Left pleural effusion.");
      assertEquals("base", engine.gate().ref().id());
    }
    try (Engine engine = start(Map.of(Modality.XRAY, "films"))) {
      assertEquals("films+base", engine.gate().ref().id());
      Eventually.holds(
          Duration.ofSeconds(60),
          () -> "the store is not embedded again",
          () -> engine.workspace().stillToReembed() == 0);
      assertEquals(
          1, engine.searches().search(words("Left pleural effusion.", Set.of())).hits().size());
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
