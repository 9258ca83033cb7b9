package io.precordia.cli;

import io.precordia.ingest.ImportProgress;
import java.io.Console;
import java.io.PrintStream;

/**
 * One line on standard error that is redrawn on a terminal; elsewhere a new line every few seconds.
 * For one thread.
 */
final class ProgressLine implements ImportProgress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long TERMINAL_NANOS = 100_000_000L;
  private static final long LOG_NANOS = 10_000_000_000L;
  private final PrintStream err;
  private final String what;
  private final boolean terminal;
  private long last = System.nanoTime();
  private boolean drawn;

  ProgressLine(PrintStream err, String what) {
    Console console = System.console();
    this.err = err;
    this.what = what;
    this.terminal = console != null && console.isTerminal();
  }

  @Override
  public void advanced(int accepted, int processed, int total) {
    long now = System.nanoTime();
    boolean due = now - last >= (terminal ? TERMINAL_NANOS : LOG_NANOS);
    if (total > 0 && (due || terminal && processed >= total)) {
      last = now;
      drawn = true;
      int full = Math.clamp((long) WIDTH * processed / total, 0, WIDTH);
      String line =
          what
              + " ["
              + "#".repeat(full)
              + ".".repeat(WIDTH - full)
              + "] "
              + processed
              + " of "
              + total;
      err.print(terminal ? "\r" + line : line + System.lineSeparator());
      err.flush();
    }
  }

  @Override
  public void close() {
    if (drawn && terminal) {
      err.println();
    }
  }
}
