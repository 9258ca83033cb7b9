package io.precordia.dicom.deid;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.dicom.DicomObject;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** De-identification of real files. */
final class SharedDeidentificationTest {
  private static final Path FOLDER = Path.of("..", "shared", "data", "dicom");
  private static final long LARGEST = 700_000;

  private static List<Path> files() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "../shared/data/dicom is not there");
    try (Stream<Path> all = Files.walk(FOLDER)) {
      return all.filter(Files::isRegularFile)
          .filter(p -> p.toFile().length() <= LARGEST)
          .sorted()
          .toList();
    }
  }

  private static DicomDeidentifier research() {
    return new DicomDeidentifier(
        DeidentificationProfile.research(),
        new SubjectSecret("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyFileIsDeidentifiedOrRefusedWithAReason() throws IOException {
    int done = 0;
    int refused = 0;
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      Attributes before;
      try {
        before = DicomObject.parse(bytes).data();
      } catch (PrecordiaException e) {
        continue;
      }
      try {
        Attributes after = DicomObject.parse(research().deidentify(bytes, null).file()).data();
        done++;
        String name = before.getString(org.aoju.bus.image.Tag.PatientName, "");
        if (name.length() > 3 && name.matches("[\\x20-\\x7e]+")) {
          assertFalse(after.toString(1000, 200).contains(name), file.toString());
        }
      } catch (PrecordiaException e) {
        assertTrue(String.valueOf(e.getMessage()).length() > 20, file.toString());
        refused++;
      }
    }
    System.out.println("real files: " + done + " de-identified, " + refused + " refused");
    assertTrue(done >= 50, done + " de-identified");
  }

  /** Kinds of errors that dciodvfy reports of the result and did not report of the original. */
  @Test
  void theValidatorFindsNothingNew(@TempDir Path dir) throws Exception {
    assumeTrue(
        new java.io.File("/usr/bin/dciodvfy").canExecute(),
        "dciodvfy (Debian: dicom3tools) is not installed");
    Map<String, TreeSet<String>> worse = new TreeMap<>();
    int checked = 0;
    for (Path file : files()) {
      if (checked >= 60) {
        break;
      }
      byte[] out;
      try {
        out = research().deidentify(Files.readAllBytes(file), null).file();
      } catch (PrecordiaException e) {
        continue;
      }
      Path result = dir.resolve("out.dcm");
      Files.write(result, out);
      TreeSet<String> before = errors(file);
      if (before.stream().anyMatch(e -> e.contains("read failed"))) {
        continue; // dciodvfy does not read deflated files, so it cannot compare
      }
      TreeSet<String> errors = errors(result);
      errors.removeAll(before);
      if (!errors.isEmpty()) {
        worse.put(file.toString(), errors);
      }
      checked++;
    }
    assertTrue(worse.isEmpty(), () -> worse.toString().replace(", ", "\n"));
  }

  /** Error lines without values, which may be those that were replaced. */
  private static TreeSet<String> errors(Path file) throws Exception {
    Process process =
        new ProcessBuilder("/usr/bin/dciodvfy", file.toString()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    TreeSet<String> out = new TreeSet<>();
    for (String line : new ArrayList<>(List.of(text.split("\n")))) {
      if (line.startsWith("Error")) {
        out.add(line.replaceAll("<[^>]*> - ", "").replaceAll("[0-9.]{12,}", "UID").strip());
      }
    }
    return out;
  }
}
