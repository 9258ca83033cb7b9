package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.model.Encoder;
import io.precordia.serve.ModelFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code precordia models}. */
@Command(
    name = "models",
    description = "Lists, loads and describes models.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | load | describe)")
final class ModelsCommand implements Runnable {
  @picocli.CommandLine.Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "say list, load or describe");
  }

  /** {@code precordia models list}. */
  @Command(
      name = "list",
      description = "The service's model, its adapters, and the folders that it could load.")
  static final class ListModels implements Callable<Integer> {
    private final Console console;
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceUrl service = new ServiceUrl();

    ListModels(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (HttpDoor door = service.open()) {
        JsonNode models = door.post("/v2/repository/index", Map.of());
        if (output.json()) {
          console.json(Map.of("models", models));
        } else {
          for (JsonNode m : models) {
            console
                .out()
                .println(
                    String.join(
                            "\t",
                            m.path("name").asText(),
                            m.path("state").asText(),
                            m.path("version").asText(),
                            m.path("reason").asText())
                        .strip());
          }
        }
      }
      return 0;
    }
  }

  /** {@code precordia models load}. */
  @Command(
      name = "load",
      description =
          "Lets another model folder of precordia.models answer, once everything is embedded by it.")
  static final class LoadModel implements Callable<Integer> {
    private final Console console;
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceUrl service = new ServiceUrl();

    @Parameters(paramLabel = "NAME", description = "Name of the folder.")
    private String name = "";

    LoadModel(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (HttpDoor door = service.open()) {
        JsonNode answer =
            door.post("/v2/repository/models/" + HttpDoor.encoded(name) + "/load", Map.of());
        if (output.json()) {
          console.json(answer);
        } else {
          console.out().println(name + " is being prepared; precordia models list tells how far");
        }
      }
      return 0;
    }
  }

  /** {@code precordia models describe}. */
  @Command(
      name = "describe",
      description = "Opens a model folder and says what it is; fails with the reason if it cannot.")
  static final class DescribeModel implements Callable<Integer> {
    private final Console console;
    @Mixin private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "DIR", description = "A model folder.")
    private Path folder = Path.of("");

    DescribeModel(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (Encoder encoder = ModelFolder.open(folder)) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", encoder.ref().id());
        out.put("version", encoder.ref().version());
        out.put("sha256", encoder.ref().sha256());
        out.put("preprocessing", encoder.ref().preprocessing());
        out.put("dimension", encoder.dimension());
        out.put("temperature", encoder.temperature());
        encoder.logitBias().ifPresent(bias -> out.put("logit_bias", bias));
        if (output.json()) {
          console.json(out);
        } else {
          out.forEach((key, value) -> console.out().println(key + " " + value));
        }
      }
      return 0;
    }
  }
}
