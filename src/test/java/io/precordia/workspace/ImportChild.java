package io.precordia.workspace;

import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.study.Identity;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that imports reports until it is killed. It prints each instance id after its
 * acknowledgement, one a line.
 */
public final class ImportChild {
  private ImportChild() {}

  /** Arguments: data directory, first number, last number (exclusive). */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    try (Workspace workspace =
        Workspace.open(Path.of(args[0]), TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      out.println("ready");
      for (int i = Integer.parseInt(args[1]); i < Integer.parseInt(args[2]); i++) {
        out.println(workspace.ingest().accept(submission(i)));
      }
    }
    out.println("end");
  }

  /** Report number i; its text alone makes it distinct. */
  static Submission submission(int i) {
    String text =
        "FINDINGS: Effusion number " + i + " on the left. IMPRESSION: Effusion " + i + ".";
    Identity identity =
        new Identity("P" + i % 7, "S" + i % 50, null, null, null, null, null, List.of());
    return new Submission(
        List.of(new Part("r" + i + ".txt", text.getBytes(StandardCharsets.UTF_8))), identity);
  }
}
