package io.precordia.cli;

import io.precordia.api.view.GenerateAnswer;
import io.precordia.serve.Cancellation;
import io.precordia.serve.generate.TextGenerator;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code precordia generate}. */
@Command(
    name = "generate",
    description =
        "Continues a text by a LLaMA or Qwen3 folder, always by the most probable token, on the CPU.",
    footer = {
      "",
      "The prompt is taken as it is: no chat template is applied. The model is loaded by this command."
    })
final class GenerateCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Hub folder: config.json, safetensors, tokenizer.json.")
  private Path model = Path.of("");

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      required = true,
      description = "What to continue.")
  private String prompt = "";

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Most tokens to add (default ${DEFAULT-VALUE}).")
  private int maxTokens = 64;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (TextGenerator generator = TextGenerator.open(model)) {
      GenerateAnswer answer =
          GenerateAnswer.of(
              generator.ref().id(), generator.generate(prompt, maxTokens, new Cancellation()));
      if (output.json()) {
        console.json(answer);
      } else {
        console.out().println(answer.textOutput());
        console.err().println("model " + answer.model().id() + " " + answer.model().sha256());
      }
    }
    return 0;
  }
}
