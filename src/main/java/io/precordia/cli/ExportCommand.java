package io.precordia.cli;

import io.precordia.api.ExportBody;
import io.precordia.api.view.ExportManifest;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.AtomicFile;
import io.precordia.workspace.exports.ExportedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code precordia export}. */
@Command(
    name = "export",
    description =
        "Writes kept files into a folder, as they came or de-identified (PS3.15 Annex E). What cannot be de-identified safely is not written and named.",
    footer = {"", "Profiles and what they leave out: docs/deidentification.md."})
final class ExportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the files; made if it is missing.")
  private Path out = Path.of(".");

  @Option(
      names = "--deidentify",
      paramLabel = "PROFILE",
      description = "basic, research or a configured profile; without it the bytes as they came.")
  private @Nullable String deidentify;

  @Option(names = "--instance", paramLabel = "ID", description = "An instance; repeatable.")
  private List<String> instances = List.of();

  @Option(names = "--study", paramLabel = "ID", description = "A study; repeatable.")
  private List<String> studies = List.of();

  @Option(names = "--subject", paramLabel = "ID", description = "A subject; repeatable.")
  private List<String> subjects = List.of();

  @Option(names = "--all", description = "Everything that is kept, if nothing is named.")
  private boolean all;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = "Only what meets these conditions, for example \"modality:xray age>=60\".")
  private @Nullable String filter;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    boolean named = !(instances.isEmpty() && studies.isEmpty() && subjects.isEmpty());
    if (named == all) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "name what to export by --instance, --study or --subject, or say --all");
    }
    Files.createDirectories(out);
    ExportManifest manifest;
    try (Service service = target.open()) {
      manifest =
          service.export(
              new ExportBody(instances, studies, subjects, filter, deidentify), this::write);
    }
    if (output.json()) {
      console.json(manifest);
    } else {
      console
          .out()
          .printf("%d files of %d instances in %s%n", manifest.files(), manifest.instances(), out);
      manifest
          .refused()
          .forEach(r -> console.err().printf("%s: %s: %s%n", r.instance(), r.code(), r.message()));
    }
    return manifest.refused().isEmpty() ? 0 : 1;
  }

  private void write(ExportedFile file) {
    String name = file.name();
    // Names come over the network: nothing but a plain name may become a path.
    if (!name.matches("[0-9A-Za-z][0-9A-Za-z._-]{0,120}")) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the archive has an entry whose name is no file name");
    }
    AtomicFile.replace(out.resolve(name), channel -> channel.write(ByteBuffer.wrap(file.bytes())));
  }
}
