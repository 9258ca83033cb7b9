package io.precordia.workspace;

import io.precordia.TestFolders;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Latency of an acknowledgement and rate of processing without a model's cost. Arguments: count,
 * bytes of padding, directory to work in.
 */
public final class IngestBench {
  private IngestBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    int padding = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    Path data =
        Files.createTempDirectory(
            args.length > 2 ? Path.of(args[2]) : Path.of("target"), "ingest-bench");
    String pad = " clear.".repeat(padding / 7);
    try (Workspace w = Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      for (int warm = 0; warm < 100; warm++) {
        w.ingest().accept(text("Warm up number " + warm, -1));
      }
      while (w.ingest().pending() > 0) {
        Thread.sleep(2);
      }
      long[] nanos = new long[count];
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long t = System.nanoTime();
        w.ingest().accept(text("Effusion number " + i + "." + pad, i));
        nanos[i] = System.nanoTime() - t;
      }
      double accepted = (System.nanoTime() - start) / 1e9;
      while (w.ingest().pending() > 0) {
        Thread.sleep(2);
      }
      double processed = (System.nanoTime() - start) / 1e9;
      Arrays.sort(nanos);
      System.out.printf(
          "accept: %d in %.2f s, median %.2f ms, p99 %.2f ms; stored and indexed: %.0f /s%n",
          count,
          accepted,
          nanos[count / 2] / 1e6,
          nanos[count * 99 / 100] / 1e6,
          count / processed);
    }
    long t = System.nanoTime();
    try (Workspace w = Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      System.out.printf(
          "reopened with %d vectors in %.2f s%n", w.index().size(), (System.nanoTime() - t) / 1e9);
    }
    TestFolders.delete(data);
  }

  private static Submission text(String text, int i) {
    Identity identity = new Identity("P" + i / 3, "S" + i, null, null, null, null, null, List.of());
    return new Submission(
        List.of(new Part("r.txt", text.getBytes(StandardCharsets.UTF_8))), identity);
  }
}
