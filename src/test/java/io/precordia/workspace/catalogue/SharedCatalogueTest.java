package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.web.DicomJson;
import io.precordia.dicom.web.DicomXml;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real objects of public collections through the catalogue; their metadata against pydicom. */
class SharedCatalogueTest {
  private static final Path FOLDER = Path.of("..", "shared", "data", "dicom");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.MALFORMED,
          ErrorCode.TRUNCATED,
          ErrorCode.BAD_IDENTITY,
          ErrorCode.DECOMPRESSION_LIMIT);
  @TempDir Path dir;

  @Test
  void whatIsTakenComesBackAndItsMetadataAreThoseThatPydicomReads() throws Exception {
    assumeTrue(Files.isDirectory(FOLDER), "../shared/data/dicom is not there");
    List<Path> files;
    try (Stream<Path> all = Files.walk(FOLDER)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Path out = Files.createDirectory(dir.resolve("out"));
    int kept = 0;
    try (Workspace w =
        Workspace.open(dir.resolve("data"), TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      DicomCatalogue catalogue = w.catalogue();
      List<DicomIntake.Taken> taken = new ArrayList<>();
      List<byte[]> bytes = new ArrayList<>();
      for (Path file : files) {
        byte[] content = Files.readAllBytes(file);
        try {
          taken.add(catalogue.intake().receive(content));
          bytes.add(content);
        } catch (PrecordiaException e) {
          assertTrue(REFUSALS.contains(e.code()), file + ": " + e.code());
        }
      }
      for (int i = 0; i < taken.size(); i++) {
        DicomHeader header = taken.get(i).header();
        if (taken.get(i).conflicting()) {
          continue;
        }
        CatalogueEntry entry =
            catalogue.find(header.study(), header.series(), header.sopInstance()).orElseThrow();
        assertArrayEquals(bytes.get(i), catalogue.file(entry));
        Files.write(out.resolve(i + ".dcm"), bytes.get(i));
        try (OutputStream stream = Files.newOutputStream(out.resolve(i + ".json"));
            DicomJson json = new DicomJson(stream)) {
          json.add(entry.header(), path -> "bulk/" + path);
        }
        assertTrue(DicomXml.write(entry.header(), path -> "bulk/" + path).length > 0);
        kept++;
      }
    }
    assertTrue(kept > 50, "only " + kept + " objects were taken");
    compare(out);
  }

  private void compare(Path folder) throws IOException, InterruptedException {
    Process probe =
        new ProcessBuilder(PYTHON.toString(), "-c", "import pydicom")
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("probe").toFile())
            .start();
    assumeTrue(
        probe.waitFor(60, TimeUnit.SECONDS) && probe.exitValue() == 0,
        "python3-pydicom is not installed; the metadata were not compared");
    Path script = dir.resolve("compare.py");
    try (var in = SharedCatalogueTest.class.getResourceAsStream("compare.py")) {
      Files.write(script, in.readAllBytes());
    }
    Process process =
        new ProcessBuilder(PYTHON.toString(), script.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(240, TimeUnit.SECONDS), "pydicom did not end");
    assertEquals(0, process.exitValue(), said);
  }
}
