package io.precordia.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code precordia results}. */
@Command(
    name = "results",
    description = "Shows what a running service found and sent, and sends again what failed.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | retry)")
final class ResultsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private ResultsCommand() {}

  static CommandLine with(Console console) {
    return new CommandLine(new ResultsCommand())
        .addSubcommand(new ListDeliveriesCommand(console))
        .addSubcommand(new ShowResultsCommand(console))
        .addSubcommand(new RetryDeliveriesCommand(console));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new ParameterException(spec.commandLine(), "say list, show or retry");
  }
}
