package io.precordia.api;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process with a DICOM door, for benches, until it is killed. Prints "ready PORT" when it
 * listens.
 */
public final class DimseChild {
  private DimseChild() {}

  /** Argument: data directory. */
  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    try (DimseService service = new DimseService(Path.of(args[0]))) {
      out.println("ready " + service.server.port());
      Thread.currentThread().join();
    }
  }
}
