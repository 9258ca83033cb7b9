package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BundlerTest {
  private static SourceFile file(String name, String text) {
    return SourceFile.of(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static final List<SourceFile> FILES =
      List.of(
          file(
              "d/1.hea",
              "1 2 500 1000\n1.dat 16 1000/mV 16 0 0 0 0 I\n1.dat 16 1000/mV 16 0 0 0 0 II\n"),
          file("d/1.dat", "xx"),
          file("e/1.dat", "orphan"),
          file(
              "d/2.hea",
              "2 2 500 1000\n2A.DAT 16 1000/mV 16 0 0 0 0 I\n../d/1.dat 16 1000/mV 16 0 0 0 0 II\n"),
          file("d/2a.dat", "case differs"),
          file("d/x.npy", "\u0093NUMPY"),
          file("d/x.json", "{}"),
          file("d/y.json", "{}"),
          file("d/broken.hea", "nothing"),
          file("d/a.png", "png"));

  @Property(tries = 50, seed = "20261128")
  void theOrderOfFilesDoesNotMatter(@ForAll Random random) {
    List<SourceFile> shuffled = new ArrayList<>(FILES);
    Collections.shuffle(shuffled, random);
    List<List<String>> bundles =
        Bundler.bundle(shuffled).stream()
            .map(b -> b.files().stream().map(SourceFile::name).toList())
            .toList();
    assertEquals(
        List.of(
            List.of("d/1.hea", "d/1.dat"),
            List.of("d/2.hea", "d/2a.dat"),
            List.of("d/a.png"),
            List.of("d/broken.hea"),
            List.of("d/x.npy", "d/x.json"),
            List.of("d/y.json"),
            List.of("e/1.dat")),
        bundles);
  }
}
