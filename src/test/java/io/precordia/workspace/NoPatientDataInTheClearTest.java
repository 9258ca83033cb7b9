package io.precordia.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.ingest.Outcome;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Residue;
import io.precordia.study.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Canary words in name, identifiers, text, tags and file names are found nowhere on the disk, in no
 * log and in no error.
 */
class NoPatientDataInTheClearTest {
  private static final List<String> CANARIES =
      List.of(
          "CANARYNAME",
          "CANARY-ID-4711",
          "1.2.840.99999.4711",
          "canarytextword",
          "CANARYSITE",
          "canarytag",
          "canaryfile",
          "1931-02-03",
          "19310203");
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  @TempDir Path data;

  private static Submission oru() {
    String message =
        "MSH|^~\\&|A|B|C|D|19310203||ORU^R01|1|P|2.5\rPID|1||CANARY-ID-4711^^^H||CANARYNAME^EVE||19010101|F\r"
            + "OBR|1||ACC1|71020^CXR|||19310203\rOBX|1|TX|IMP||FINDINGS: canarytextword effusion on the left.||||||F\r";
    return new Submission(
        List.of(new Part("canaryfile.hl7", message.getBytes(StandardCharsets.US_ASCII))),
        Identity.UNKNOWN);
  }

  private static Submission text(String body) {
    Identity identity =
        new Identity(
            "CANARY-ID-4711",
            "1.2.840.99999.4711",
            "1.2.840.99999.4711.1",
            LocalDate.of(1931, 2, 3),
            "F",
            30,
            "CANARYSITE",
            List.of("canarytag"));
    return new Submission(
        List.of(new Part("canaryfile.txt", body.getBytes(StandardCharsets.UTF_8))), identity);
  }

  @Test
  void nothingIsFoundOnDiskOrInLogs() throws IOException {
    ByteArrayOutputStream logs = new ByteArrayOutputStream();
    Handler handler = new Capture(logs);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(new PrintStream(logs, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(logs, true, StandardCharsets.UTF_8));
    String errors = "";
    try {
      try (Workspace w = Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
        List<String> ids =
            List.of(
                w.ingest().accept(oru()),
                w.ingest().accept(text("Small canarytextword effusion.")),
                w.ingest().accept(text("{\"canarytextword\": 1}")),
                w.ingest().accept(text("MSH|^~\\&|canarytextword|CANARYNAME")));
        List<Outcome> outcomes = w.ingest().await(ids, Duration.ofSeconds(60));
        assertEquals(2, outcomes.stream().filter(o -> o.status() == Outcome.Status.STORED).count());
        errors = outcomes.toString();
        InstanceRecord record = w.records().instance(ids.get(1));
        assertTrue(record.toString().contains("CANARY-ID-4711"), "the canary was not even kept");
        scan();
      }
      scan();
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.removeHandler(handler);
    }
    String logged = logs.toString(StandardCharsets.UTF_8) + errors;
    for (String canary : CANARIES) {
      assertFalse(logged.contains(canary), "a canary was logged or told in an error");
    }
  }

  private void scan() throws IOException {
    List<Path> all = Residue.under(data);
    assertTrue(all.size() > 8);
    for (Path file : all) {
      byte[] bytes = Residue.bytes(file);
      for (String canary : CANARIES) {
        assertFalse(data.relativize(file).toString().contains(canary));
        CHARSETS.forEach(
            c ->
                assertFalse(
                    Residue.contains(bytes, canary.getBytes(c)),
                    () -> canary + " lies in the clear in " + data.relativize(file)));
      }
    }
  }

  private static final class Capture extends Handler {
    private final ByteArrayOutputStream out;

    Capture(ByteArrayOutputStream out) {
      this.out = out;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      Object[] parameters = record.getParameters();
      out.writeBytes(
          (record.getMessage()
                  + " "
                  + (parameters == null ? "" : Arrays.asList(parameters))
                  + " "
                  + record.getThrown()
                  + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
