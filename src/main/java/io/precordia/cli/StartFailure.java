package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintStream;
import java.net.BindException;

/** Says in one line why the service did not start. */
final class StartFailure {
  private StartFailure() {}

  /** Returns the exit status. */
  static int report(Throwable thrown, PrintStream err) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      switch (t) {
        case PrecordiaException known -> {
          return line(err, known.code(), String.valueOf(known.getMessage()));
        }
        case ConfigValidationException invalid -> {
          StringBuilder problems = new StringBuilder();
          for (int i = 0; i < invalid.getProblemCount(); i++) {
            problems.append(i == 0 ? "" : "; ").append(invalid.getProblem(i).getMessage());
          }
          return line(err, ErrorCode.INVALID_CONFIGURATION, problems.toString());
        }
        case BindException taken -> {
          return line(
              err,
              ErrorCode.INVALID_CONFIGURATION,
              "the address or port cannot be listened on; choose another with --port or --host");
        }
        default -> {}
      }
    }
    line(err, ErrorCode.INTERNAL, "the service did not start");
    thrown.printStackTrace(err);
    return 1;
  }

  private static int line(PrintStream err, ErrorCode code, String message) {
    err.println("precordia: " + code.id() + ": " + message.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    return 1;
  }
}
