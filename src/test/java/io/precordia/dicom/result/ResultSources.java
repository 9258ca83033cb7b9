package io.precordia.dicom.result;

import io.precordia.study.Lead;
import io.precordia.study.ModelRef;
import io.precordia.train.sim.SimulationWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Received objects that results are made of, and what might be said of them. */
public final class ResultSources {
  private ResultSources() {}

  /** Simulated CR, DX and ECG objects by name. */
  public static Map<String, byte[]> simulated(Path folder) throws IOException {
    SimulationWriter writer = new SimulationWriter(128);
    Map<String, byte[]> out = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      writer.writeStudy(folder, 5, i);
      out.put("xray-" + i, Files.readAllBytes(folder.resolve("xray.dcm")));
      out.put("ecg-" + i, Files.readAllBytes(folder.resolve("ecg.dcm")));
    }
    return out;
  }

  /** Real radiographs and ECGs beside the checkout; empty without them. */
  public static Map<String, byte[]> real() throws IOException {
    Path shared = Path.of("..", "shared", "data", "dicom");
    Map<String, byte[]> out = new LinkedHashMap<>();
    if (!Files.isDirectory(shared)) {
      return out;
    }
    List<String> wanted =
        List.of("RG1_J2KI", "RG2_J2KI", "RG3_J2KI", "RG1_UNCI", "RG2_UNCI", "RG3_UNCI");
    try (Stream<Path> files = Files.walk(shared)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (wanted.contains(name) || name.contains("ecg") || name.contains("ECG")) {
          out.put(name, Files.readAllBytes(file));
        }
      }
    }
    return out;
  }

  static Analysis analysis(Finding... findings) {
    return new Analysis(
        "0.9-test",
        new ModelRef("precordia-more", "0.3", "ab".repeat(32), List.of(), "precordia-1"),
        Instant.parse("2026-03-04T05:06:07Z"),
        List.of(findings));
  }

  static Finding area(String fact, double probability, int columns, int rows) {
    float[] outline = {
      columns * 0.25f, rows * 0.25f, columns * 0.6f, rows * 0.3f, columns * 0.5f, rows * 0.7f
    };
    return new Finding(
        fact, probability, 0.021, Finding.Verdict.PRESENT, new Evidence.Area(outline, 0.43));
  }

  static Finding plain(String fact, double probability, Finding.Verdict verdict) {
    return new Finding(fact, probability, -0.05, verdict, null);
  }

  static Finding stretches(String fact, double probability) {
    return new Finding(
        fact,
        probability,
        0.03,
        Finding.Verdict.PRESENT,
        new Evidence.Stretches(
            List.of(
                new Evidence.Stretch(Lead.II, 0.4, 1.25, 0.31),
                new Evidence.Stretch(Lead.V1, 3, 4, 0.2))));
  }
}
