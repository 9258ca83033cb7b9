package io.precordia.dicom.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of others that judge our objects; a test without its program is skipped. */
public final class DicomPeers {
  private static final Path PIXELMED = Path.of("/usr/share/java/pixelmed.jar");

  private DicomPeers() {}

  /** What the program said; it must end with 0. */
  public static String succeed(String... command) throws IOException, InterruptedException {
    return run(true, command);
  }

  /** What the program said, both streams. */
  public static String run(String... command) throws IOException, InterruptedException {
    return run(false, command);
  }

  private static String run(boolean success, String... command)
      throws IOException, InterruptedException {
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
      if (!process.waitFor(240, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " did not end");
      }
      String said = Files.readString(out, StandardCharsets.ISO_8859_1);
      if (success && process.exitValue() != 0) {
        throw new AssertionError(command[0] + " failed: " + said);
      }
      return said;
    } finally {
      Files.delete(out);
    }
  }

  /** The lines of what dciodvfy said that name an error. */
  public static List<String> dciodvfy(Path file) throws IOException, InterruptedException {
    return run("dciodvfy", file.toString()).lines().filter(l -> l.startsWith("Error")).toList();
  }

  /**
   * What PixelMed's DicomSRValidator says of each file, its template compiled once for all.
   *
   * @return by file, the lines that name an error; a test is skipped without the program
   */
  public static Map<Path, List<String>> srValidator(List<Path> files)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isRegularFile(PIXELMED),
        "DicomSRValidator is not installed (pixelmed-apps); skipped");
    Path program = Files.createTempDirectory("pixelmed").resolve("Validate.java");
    Files.writeString(
        program,
        """
        void main(String[] files) throws Exception {
          var validator = new com.pixelmed.validate.DicomSRValidator();
          for (String file : files) {
            System.out.println("=== " + file);
            System.out.println(validator.validate(file));
          }
        }
        """);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                PIXELMED.toString(),
                "-XX:TieredStopAtLevel=1",
                program.toString()));
    files.forEach(file -> command.add(file.toString()));
    Map<Path, List<String>> said = new LinkedHashMap<>();
    try {
      for (String part : run(command.toArray(String[]::new)).split("(?m)^=== ", -1)) {
        int line = part.indexOf('\n');
        Path file = Path.of(line < 0 ? "" : part.substring(0, line).strip());
        if (files.contains(file)) {
          if (!part.contains("Found") || !part.contains("IOD validation complete")) {
            throw new AssertionError("DicomSRValidator said nothing usable: " + part);
          }
          said.put(file, part.lines().filter(l -> l.contains("Error")).toList());
        }
      }
    } finally {
      Files.delete(program);
      Files.delete(program.getParent());
    }
    if (said.size() != files.size()) {
      throw new AssertionError("DicomSRValidator did not read every file: " + said.keySet());
    }
    return said;
  }

  private static boolean installed(String program) {
    String path = System.getenv("PATH");
    if (Files.isExecutable(Path.of(program))) {
      return true;
    }
    for (String folder : (path == null ? "" : path).split(":")) {
      if (Files.isExecutable(Path.of(folder).resolve(program))) {
        return true;
      }
    }
    return false;
  }
}
