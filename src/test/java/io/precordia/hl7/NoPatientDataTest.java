package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.store.Residue;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came through the door is found in the clear on no disk, in no log and in no answer. */
class NoPatientDataTest {
  private static final List<String> CANARIES =
      List.of(
          "CANARYOLD",
          "CANARYNEW",
          "CANARYNAME",
          "canarytext",
          "CANARYCONTROL",
          "CANARYACC",
          "CANARYPROC",
          "1.2.840.99999.77",
          "19310203");
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
  @TempDir Path data;

  private static String canary(String message) {
    return message
        .replace("DOE^JANE", "CANARYNAME^EVE")
        .replace("19540601", "19310203")
        .replace("19630201", "19310203");
  }

  @Test
  void nothingIsFoundAndAnErasureLeavesNothing() throws Exception {
    Queue<String> logged = new ConcurrentLinkedQueue<>(); // every thread of this process logs here
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            Object[] parameters = record.getParameters();
            logged.add(record.getMessage() + (parameters == null ? "" : Arrays.asList(parameters)));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      String subject;
      String merged;
      try (Door door = new Door(data)) {
        List<String> messages =
            List.of(
                canary(
                    Door.oru("CANARYCONTROL1", "CANARYOLD^^^H^MR", "CANARYACC", "A canarytext.")),
                canary(
                    Door.adt(
                        "A40", "CANARYCONTROL2", "CANARYNEW^^^H^MR", "MRG|CANARYOLD^^^H^MR\r")),
                canary(Door.adt("A08", "CANARYCONTROL3", "CANARYNEW^^^H^MR", "")),
                canary(Door.adt("A29", "CANARYCONTROL4", "CANARYNEW^^^H^MR", "")),
                canary(
                    Door.adt(
                        "A40", "CANARYCONTROL5", "CANARYOLD^^^H^MR", "MRG|CANARYNEW^^^H^MR\r")),
                "MSH|^~\\&|RIS|C|||2024||ORM^O01|CANARYCONTROL6|P|2.3.1\rPID|||CANARYNEW^^^H^MR\r"
                    + "ORC|NW|CANARYACC\rOBR|1|CANARYACC||CANARYPROC\rZDS|1.2.840.99999.77\r",
                "CANARYNAME without a header");
        for (String message : messages) {
          String answer = door.answer(message).replaceAll("MSA.*?\r", "");
          assertTrue(CANARIES.stream().noneMatch(answer::contains), answer);
        }
        assertEquals(1, door.kept().size());
        subject = door.workspace().records().subjectOf("CANARYNEW^^^H");
        merged = door.workspace().records().subjectOf("CANARYOLD^^^H");
        assertEquals(subject, door.kept().getFirst().subject());
        assertEquals(1, door.workspace().orders().of(subject).size());
        scan(CANARIES);
        assertEquals(1, door.workspace().erase(merged).size());
        assertEquals(0, door.kept().size());
      }
      scan(CANARIES);
      scan(List.of(subject, merged));
    } finally {
      root.removeHandler(handler);
    }
    for (String canary : CANARIES) {
      assertFalse(String.join("\n", logged).contains(canary), canary + " was logged");
    }
  }

  private void scan(List<String> words) throws IOException {
    for (Path file : Residue.under(data)) {
      byte[] bytes = Residue.bytes(file);
      for (String word : words) {
        assertFalse(file.getFileName().toString().contains(word));
        CHARSETS.forEach(
            c ->
                assertFalse(
                    Residue.contains(bytes, word.getBytes(c)),
                    () -> word + " lies in " + data.relativize(file)));
      }
    }
  }
}
