package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.serve.GateListener;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that took over while the service ran answers after a restart too. */
class ModelAfterRestartTest {
  @TempDir Path dir;

  @BeforeEach
  void models() throws IOException {
    for (String name : List.of("first", "second", "third")) {
      write(name, "");
    }
  }

  private void write(String name, String more) throws IOException {
    Files.writeString(
        Files.createDirectories(dir.resolve(name)).resolve("config.json"),
        "{\"model_type\":\"deterministic-test\",\"id\":\"" + name + "\"" + more + "}");
  }

  private Engine start(String configured) {
    return Engine.open(
        TestConfig.of(
            Map.of(
                "precordia.data", dir.resolve("data").toString(),
                "precordia.model", dir.resolve(configured).toString())),
        GateListener.NONE);
  }

  private static String answering(Engine engine) {
    return engine.embeddings().encoder().ref().id();
  }

  private void exchangeFirstForSecond() throws Exception {
    try (Engine engine = start("first")) {
      String id =
          engine
              .workspace()
              .ingest()
              .accept(
                  new Submission(
                      List.of(new Part("r.txt", "Left effusion.".getBytes(StandardCharsets.UTF_8))),
                      new Identity("P", "S", null, null, null, null, null, List.of())));
      engine.workspace().ingest().await(List.of(id), Duration.ofSeconds(60));
      engine.load("second", dir.resolve("second")).get(60, TimeUnit.SECONDS);
      assertEquals("second", answering(engine));
    }
  }

  @Test
  void theNextStartUsesItAndEmbedsNothingAgain() throws Exception {
    exchangeFirstForSecond();
    try (Engine engine = start("first")) {
      assertEquals("second", answering(engine));
      assertEquals(0, engine.workspace().stillToReembed());
      assertEquals(1, engine.workspace().index().size());
    }
  }

  @Test
  void aConfigurationChangedSinceWinsForGood() throws Exception {
    exchangeFirstForSecond();
    try (Engine engine = start("third")) {
      assertEquals("third", answering(engine));
    }
    try (Engine engine = start("first")) {
      assertEquals("first", answering(engine));
    }
  }

  @Test
  void aFolderThatIsNotTheSameAnyMoreIsNotUsed() throws Exception {
    exchangeFirstForSecond();
    write("second", ",\"other\":1");
    try (Engine engine = start("first")) {
      assertEquals("first", answering(engine));
    }
    Files.delete(dir.resolve("second").resolve("config.json"));
    try (Engine engine = start("first")) {
      assertEquals("first", answering(engine));
    }
    write("second", "");
    try (Engine engine = start("first")) {
      assertEquals("second", answering(engine));
    }
  }
}
