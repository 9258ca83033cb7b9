package io.precordia.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The tree of commands. */
final class Commands {
  private Commands() {}

  @Command(
      name = "precordia",
      description =
          "X-rays, 12-lead ECGs and reports in one searchable space. Not for clinical use.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "PRECORDIA_OPTS adds JVM flags, for example PRECORDIA_OPTS=-Xmx6g. Exit status: 0 success, 1 failure, 2 wrong usage."
      })
  private static final class Root {}

  static CommandLine all(Console console) {
    return new CommandLine(new Root())
        .addSubcommand(new ServeCommand(console))
        .addSubcommand(new ImportCommand(console))
        .addSubcommand(new FetchCommand(console))
        .addSubcommand(new ExportCommand(console))
        .addSubcommand(new EmbedCommand(console))
        .addSubcommand(new SearchCommand(console))
        .addSubcommand(new ClassifyCommand(console))
        .addSubcommand(new ExplainCommand(console))
        .addSubcommand(new SimulateCommand(console))
        .addSubcommand(new TrainCommand(console))
        .addSubcommand(new EvalCommand(console))
        .addSubcommand(
            new CommandLine(new ModelsCommand())
                .addSubcommand(new ModelsCommand.ListModels(console))
                .addSubcommand(new ModelsCommand.LoadModel(console))
                .addSubcommand(new ModelsCommand.DescribeModel(console)))
        .addSubcommand(ResultsCommand.with(console))
        .addSubcommand(new GenerateCommand(console))
        .addSubcommand(new ParityCommand(console))
        .addSubcommand(new BenchCommand(console))
        .addSubcommand(new VersionCommand(console))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }
}
