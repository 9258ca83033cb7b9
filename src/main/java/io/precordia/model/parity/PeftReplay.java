package io.precordia.model.parity;

import io.precordia.adapter.bank.AdapterBank;
import io.precordia.adapter.bank.AdapterBatch;
import io.precordia.adapter.bank.AdapterKey;
import io.precordia.adapter.bank.HostPages;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.ModuleNames;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.Parameters;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A base in {@code base/} with PEFT folders: one in {@code adapter/}, run beside the base and
 * merged ({@link SingleAdapter}); or several in {@code adapters/} over a language model, each alone
 * and one batch in which rows have the adapters a0, a2, none, a1.
 */
public final class PeftReplay implements Replay {
  private static final String BASE = "base";
  private static final List<String> MIXED = List.of("a0", "a2", "", "a1");
  private static final int PAGES = 1 << 16;

  @Override
  public boolean replays(Golden golden) {
    return Files.isDirectory(golden.folder().resolve(BASE))
        && (Files.isDirectory(golden.folder().resolve("adapter"))
            || Files.isDirectory(golden.folder().resolve("adapters")));
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    return Files.isDirectory(golden.folder().resolve("adapters"))
        ? languageModel(golden, ops)
        : SingleAdapter.run(golden, ops);
  }

  private static Map<String, Replayed> languageModel(Golden golden, DifferentiableOps ops) {
    Path folder = golden.folder().resolve(BASE);
    CausalLmFolder base = CausalLm.open(folder);
    CausalLm model = base.model();
    UnaryOperator<String> names = ModuleNames.of(HubConfig.read(folder).modelType())::toFile;
    Tensor ids = GoldenTokens.rows(golden, "input_ids").ids(ops, model.config().vocabulary());
    Parameters shared = base.parameters(ops);
    ParameterSet weights = base.weights();
    AdapterBank bank =
        new AdapterBank(
            model.parameters(), new HostPages(model.config().decoder().width(), PAGES), 1L << 30);
    Map<String, Replayed> out = new HashMap<>();
    out.put(
        "logits_base",
        Replayed.of(ops, model.logits(Forward.evaluation(ops, shared, Adapters.NONE), ids, null)));
    for (Path one : folders(golden.folder().resolve("adapters"))) {
      String name = one.getFileName().toString();
      PeftAdapter adapter = PeftFolder.read(one, model.parameters(), names);
      Forward alone = forward(ops, adapter.on(weights), adapter.adaptation().hooks());
      out.put("logits_" + name, Replayed.of(ops, model.logits(alone, ids, null)));
      bank.register(key(name), PeftFolder.source(one, model.parameters(), names));
    }
    List<Optional<AdapterKey>> rows = new ArrayList<>();
    MIXED.forEach(m -> rows.add(m.isEmpty() ? Optional.empty() : Optional.of(key(m))));
    try (AdapterBatch batch = bank.batch(ops, rows)) {
      Forward mixed = Forward.evaluation(ops, shared, batch.hooks());
      out.put("logits_mixed", Replayed.of(ops, model.logits(mixed, ids, null)));
    }
    return out;
  }

  private static Forward forward(DifferentiableOps ops, ParameterSet set, Adapters hooks) {
    return Forward.evaluation(ops, new FrozenParameters(ops, set), hooks);
  }

  private static AdapterKey key(String id) {
    return new AdapterKey("golden", id);
  }

  private static List<Path> folders(Path parent) {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "the golden folder's adapters cannot be listed", e);
    }
  }
}
