package io.precordia.dicom.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of others that judge our objects; a test without its program is skipped. */
public final class DicomPeers {
  private DicomPeers() {}

  /** What the program said, both streams. */
  public static String run(String... command) throws IOException, InterruptedException {
    Assumptions.assumeTrue(installed(command[0]), () -> command[0] + " is not installed; skipped");
    Path out = Files.createTempFile("peer", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
      // newer Java runtimes limit XPath more than PixelMed's compiled templates need
      builder
          .environment()
          .put(
              "JAVA_TOOL_OPTIONS",
              "-Djdk.xml.xpathExprOpLimit=0 -Djdk.xml.xpathTotalOpLimit=0 -Djdk.xml.xpathExprGrpLimit=0");
      Process process = builder.start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " did not end");
      }
      return Files.readString(out, StandardCharsets.ISO_8859_1);
    } finally {
      Files.delete(out);
    }
  }

  /** The lines of what dciodvfy said that name an error. */
  public static List<String> dciodvfy(Path file) throws IOException, InterruptedException {
    return run("dciodvfy", file.toString()).lines().filter(l -> l.startsWith("Error")).toList();
  }

  /** The lines of what PixelMed's validator said that name an error. */
  public static List<String> srValidator(Path file) throws IOException, InterruptedException {
    String said = run("DicomSRValidator", file.toString());
    if (!said.contains("Found") && !said.contains("IOD")) {
      throw new AssertionError("DicomSRValidator said nothing usable: " + said);
    }
    return said.lines().filter(l -> l.contains("Error")).toList();
  }

  private static boolean installed(String program) {
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "" : path).split(":")) {
      if (Files.isExecutable(Path.of(folder).resolve(program))) {
        return true;
      }
    }
    return false;
  }
}
