package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.store.CatalogueFill;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueBackfillTest {
  @TempDir Path data;

  private Workspace open() {
    return Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT);
  }

  @Test
  void objectsOfAStoreWithoutCatalogueAreAddedAfterTheStart() throws InterruptedException {
    byte[] image =
        DicomSamples.file(DicomSamples.radiograph("P1", "1.2.1", "1.2.1.1", "1.2.1.1.1"));
    byte[] other = DicomSamples.file(DicomSamples.pdf("P1", "1.2.1", "1.2.1.2", "1.2.1.2.1"));
    try (Workspace w = open()) {
      w.catalogue().intake().receive(image);
      w.catalogue().intake().receive(other);
      assertTrue(w.catalogue().find(null, null, "1.2.1.2.1").isPresent());
      assertTrue(w.catalogue().find(null, null, "1.2.1.1.1").isPresent());
    }
    CatalogueFill.clear(data);
    try (Workspace w = open()) {
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (w.catalogue().count() < 2 && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      assertEquals(2, w.catalogue().ofStudy("1.2.1").size());
      CatalogueEntry entry = w.catalogue().find("1.2.1", "1.2.1.1", "1.2.1.1.1").orElseThrow();
      assertArrayEquals(image, w.catalogue().file(entry));
    }
  }
}
