package io.precordia.model.more;

import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.nn.ParameterSpec;
import java.util.List;
import java.util.function.Predicate;

/**
 * MoRE's adaptation of the report transformer: LoRA of rank 16, α 8, dropout 0.1 on query and
 * value, and every bias of the transformer. Used from the start over a pretrained text model, or
 * switched on after full training: {@code adaptation().attach(weights, seed)} gives the set to go
 * on with.
 */
public final class ReportLora {
  private static final String BRANCH = "report.";
  private final Lora lora;

  public ReportLora(MoreModel model) {
    this(
        model,
        new LoraConfig(16, 8, 0.1, BRANCH, List.of("query", "value"), LoraConfig.BiasMode.ALL));
  }

  /** The same with other settings; {@code config.within()} should be {@code report.}. */
  public ReportLora(MoreModel model, LoraConfig config) {
    this.lora = new Lora(config, model.parameters());
  }

  public Lora adaptation() {
    return lora;
  }

  /** What trains: everything outside the report transformer, and inside it what LoRA says. */
  public Predicate<ParameterSpec> trainable() {
    return spec -> !spec.name().startsWith(BRANCH) || lora.trainable(spec);
  }
}
