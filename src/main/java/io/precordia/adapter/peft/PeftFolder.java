package io.precordia.adapter.peft;

import io.precordia.adapter.Adaptation;
import io.precordia.adapter.Lora;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.weights.AtomicFile;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsFile;
import io.precordia.weights.SafetensorsWriter;
import io.precordia.weights.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * PEFT's adapter folders: {@code adapter_config.json} and {@code adapter_model.safetensors}. A
 * folder is taken whole or not at all. Pickle files are never opened: they can run code.
 *
 * <p>Every method that reads throws BAD_WEIGHTS, naming the key or array, for a folder that is
 * incomplete, contradicts itself or the base, holds values that are not finite, or asks for
 * something that this program cannot honour.
 */
public final class PeftFolder {
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String PICKLE = "adapter_model.bin";

  private PeftFolder() {}

  /**
   * Reads a folder over a base.
   *
   * @param base declared parameters of the base
   * @param names module name in the file (behind {@code base_model.model.}) to path in the base;
   *     identity where they agree
   */
  public static PeftAdapter read(
      Path folder, Collection<ParameterSpec> base, UnaryOperator<String> names) {
    PeftConfig config = PeftConfigFile.read(file(folder, PeftConfigFile.NAME));
    PeftArrays arrays = new PeftArrays(config, base, names);
    try (WeightSource source = SafetensorsFile.open(weights(folder))) {
      Adaptation adaptation = arrays.layout(source);
      return new PeftAdapter(
          config, adaptation, arrays.values(source, adaptation), arrays.replaced(source));
    }
  }

  /**
   * A folder for the adapter bank: everything but the values is checked now, the values are read
   * when they are needed.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if the adapter is more than low-rank factors
   */
  public static AdapterSource source(
      Path folder, Collection<ParameterSpec> base, UnaryOperator<String> names) {
    List<ParameterSpec> declared = List.copyOf(base);
    PeftConfig config = PeftConfigFile.read(file(folder, PeftConfigFile.NAME));
    List<LowRankSite> sites;
    try (WeightSource weights = SafetensorsFile.open(weights(folder))) {
      PeftArrays arrays = new PeftArrays(config, declared, names);
      if (!(arrays.layout(weights) instanceof Lora lora) || arrays.replaces()) {
        throw PeftAdapter.notLowRank();
      }
      sites = lora.sites();
    }
    return AdapterSource.of(sites, () -> read(folder, declared, names).lowRank());
  }

  /**
   * {@link #source(Path, Collection, UnaryOperator)} for every kind of adapter.
   *
   * @param values the base's own values, asked when an adapter is loaded
   */
  public static AdapterSource source(
      Path folder, Collection<ParameterSpec> base, UnaryOperator<String> names, BaseValues values) {
    List<ParameterSpec> declared = List.copyOf(base);
    PeftConfig config = PeftConfigFile.read(file(folder, PeftConfigFile.NAME));
    List<ModuleChange> changes;
    try (WeightSource weights = SafetensorsFile.open(weights(folder))) {
      PeftArrays arrays = new PeftArrays(config, declared, names);
      Adaptation adaptation = arrays.layout(weights);
      changes =
          new PeftChanges(adaptation, arrays.replacedSpecs(), declared)
              .list(s -> Arrays.equals(values.of(s.name()), arrays.replaced(weights, s)));
    }
    return AdapterSource.ofChanges(
        changes, () -> new ChangeValues(read(folder, declared, names), values).of(changes));
  }

  /**
   * Writes a folder; both files are replaced as a whole.
   *
   * @param names path in the base to module name in the file
   * @throws PrecordiaException STORAGE_FULL if writing fails
   */
  public static void write(Path folder, PeftAdapter adapter, UnaryOperator<String> names) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    for (ParameterSet set : List.of(adapter.values(), adapter.replaced())) {
      for (ParameterSpec spec : set.specs()) {
        arrays.put(
            PeftArrays.PREFIX + PeftArrays.renamed(spec.name(), names),
            new HostArray(spec.shape(), set.values(spec.name())));
      }
    }
    byte[] config = PeftConfigFile.write(adapter.config(names)).getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "the adapter folder cannot be made; check space and rights", e);
    }
    SafetensorsWriter.write(
        folder.resolve(WEIGHTS), arrays, ElementType.F32, Map.of("format", "pt"));
    AtomicFile.replace(
        folder.resolve(PeftConfigFile.NAME),
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(config);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  private static Path weights(Path folder) {
    if (!Files.exists(folder.resolve(WEIGHTS), LinkOption.NOFOLLOW_LINKS)
        && Files.exists(folder.resolve(PICKLE), LinkOption.NOFOLLOW_LINKS)) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          PICKLE + " is a pickle file, which can run code; convert it to " + WEIGHTS);
    }
    return file(folder, WEIGHTS);
  }

  /** A plain file behind any links; links in a circle, pipes and devices are refused. */
  private static Path file(Path folder, String name) {
    try {
      Path real = folder.resolve(name).toRealPath();
      if (Files.isRegularFile(real)) {
        return real;
      }
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "adapter: " + name + " is absent or cannot be reached", e);
    }
    throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "adapter: " + name + " is no plain file");
  }
}
