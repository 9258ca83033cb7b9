package io.precordia.api;

import io.precordia.serve.adapters.AdapterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The adapters of the service's own model, and of the language models beside it. */
@ApplicationScoped
public class AdaptersOf {
  private final EngineHolder holder;
  private final GeneratorsHolder generators;
  private final ModelFolders folders;

  AdaptersOf(EngineHolder holder, GeneratorsHolder generators, PrecordiaConfig config) {
    this.holder = holder;
    this.generators = generators;
    this.folders = new ModelFolders(config.models());
  }

  /**
   * Does something with the adapters of a model.
   *
   * @param model null for the service's own; its id, that of a branch's model, or the name of a
   *     language model's folder
   * @throws io.precordia.error.PrecordiaException NOT_FOUND if there is no such model;
   *     INVALID_ARGUMENT or NOT_GENERATIVE if it takes no adapters
   */
  <R> R in(@Nullable String model, Function<AdapterRegistry, R> work) {
    Engine engine = holder.engine();
    if (model == null || model.isBlank() || engine.isOwn(model)) {
      return work.apply(engine.adapters());
    }
    return generators.generators().adapters(model, folders.require(model), work);
  }
}
