package io.precordia.api;

import io.precordia.serve.generate.GenerationLimits;
import io.precordia.serve.generate.Generators;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/** The service's language models, closed at its end. */
@ApplicationScoped
public class GeneratorsHolder {
  private final Generators generators;

  GeneratorsHolder(PrecordiaConfig config) {
    PrecordiaConfig.Generate limits = config.generate();
    this.generators =
        new Generators(
            new GenerationLimits(
                limits.maxTokens(), limits.maxQueued(), limits.maxWait(), limits.resident()),
            config.data().resolve("adapters").resolve("language-models"));
  }

  public Generators generators() {
    return generators;
  }

  @PreDestroy
  void close() {
    generators.close();
  }
}
