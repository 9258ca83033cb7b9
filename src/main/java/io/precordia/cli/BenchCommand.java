package io.precordia.cli;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code precordia bench}. */
@Command(
    name = "bench",
    description = "Runs a benchmark and prints its figures, milliseconds unless named otherwise.",
    footer = {
      "",
      "Names: rest, embed, batching, lengths, adapters, startup. docs/benchmarks.md says what each stands for."
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<Bench> ALL =
      List.of(
          new RestBench(),
          new EmbedBench(),
          new BatchingBench(),
          new LengthsBench(),
          new AdapterBench(),
          new StartupBench());
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final BenchOptions options = new BenchOptions();

  @Parameters(paramLabel = "NAME", description = "Which one.")
  private String name = "";

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Bench bench =
        ALL.stream()
            .filter(b -> b.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new PrecordiaException(
                        ErrorCode.INVALID_ARGUMENT,
                        "no such benchmark; there are "
                            + String.join(", ", ALL.stream().map(Bench::name).toList())));
    if (options.rounds() < 1 || options.rounds() > 1_000_000) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "--rounds must be from 1 to 1000000");
    }
    console.err().println(bench.name() + ": " + bench.about());
    Map<String, Object> figures = bench.run(options);
    if (output.json()) {
      console.json(figures);
    } else {
      figures.forEach((figure, value) -> console.out().println(figure + " " + value));
    }
    return 0;
  }
}
