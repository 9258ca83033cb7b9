package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of the shared sample data are acknowledged by the rules of docs/hl7.md. */
class SharedMessagesTest {
  private static final Path SAMPLES = Path.of("..", "shared", "data", "ehr", "hl7v2");
  @TempDir Path data;

  /** The code that docs/hl7.md states; empty where the sender wants no answer. */
  private static String expected(String name) {
    if (name.startsWith("ADT-A40")) {
      return ""; // MSH-15 and MSH-16 say NE
    }
    if (name.startsWith("ADT-A29")) {
      return "AR"; // deletion of a person is ordered by an erasure, not by a feed
    }
    if (name.startsWith("ADT") || name.startsWith("LAB")) {
      return "AA";
    }
    return name.startsWith("IZ") ? "CR" : "AR"; // VXU asks for accept acknowledgements
  }

  @Test
  void eachIsAcknowledgedByTheRules() throws IOException, InterruptedException {
    assumeTrue(Files.isDirectory(SAMPLES), "no shared sample data here");
    List<Path> files;
    try (Stream<Path> found = Files.list(SAMPLES)) {
      files = found.filter(f -> f.toString().endsWith(".hl7")).sorted().toList();
    }
    assertEquals(70, files.size());
    try (Door door = new Door(data);
        MllpStream stream = door.connect()) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        byte[] bytes = Files.readAllBytes(file);
        stream.write(bytes);
        String expected = expected(name);
        if (!expected.isEmpty()) {
          String answer = new String(stream.read(), StandardCharsets.UTF_8);
          String control =
              new String(bytes, StandardCharsets.UTF_8)
                  .lines()
                  .findFirst()
                  .orElseThrow()
                  .split("\\|")[9];
          assertTrue(
              answer.contains("\rMSA|" + expected + "|" + control), () -> name + ": " + answer);
        }
      }
      String survivor = door.workspace().records().subjectOf("12345^^^BCBS");
      for (String old : List.of("56789^^^BCBS")) {
        assertEquals(
            survivor,
            door.workspace().records().surviving(door.workspace().records().subjectOf(old)));
      }
      assertEquals(
          door.workspace().records().subjectOf("145^^^BCBS"),
          door.workspace().records().surviving(door.workspace().records().subjectOf("569^^^BCBS")));
      assertEquals(2, door.kept().size(), "the laboratory message has two orders");
      assertEquals(
          1,
          door.workspace()
              .orders()
              .of(door.workspace().records().subjectOf("10006579^^^1"))
              .size());
    }
  }
}
