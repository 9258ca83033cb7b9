package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * Runs one command line. Results go to {@code out}, progress and errors to {@code err}; an error is
 * one line {@code precordia: CODE: message}. Status: 0 success, 1 failure, 2 wrong usage.
 */
public final class CommandRunner {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private final PrintStream out;
  private final PrintStream err;

  public CommandRunner(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public int run(String... args) {
    Console console = new Console(out, err);
    CommandLine commands = Commands.all(console);
    commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    commands.setParameterExceptionHandler(
        (e, given) -> {
          err.println(
              "precordia: "
                  + ErrorCode.INVALID_REQUEST.id()
                  + ": "
                  + oneLine(e.getMessage())
                  + " (see: precordia "
                  + name(e.getCommandLine())
                  + "--help)");
          return USAGE;
        });
    commands.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    int status = commands.execute(args);
    out.flush();
    err.flush();
    return status;
  }

  private int failed(Exception e) {
    if (e instanceof PrecordiaException known) {
      err.println("precordia: " + known.code().id() + ": " + oneLine(known.getMessage()));
    } else {
      err.println(
          "precordia: "
              + ErrorCode.INTERNAL.id()
              + ": a defect of the program: "
              + e.getClass().getName());
    }
    if (System.getenv("PRECORDIA_DEBUG") != null) {
      e.printStackTrace(err);
    }
    return FAILED;
  }

  private static String name(CommandLine command) {
    return command.getParent() == null ? "" : command.getCommandName() + " ";
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "no message" : message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
