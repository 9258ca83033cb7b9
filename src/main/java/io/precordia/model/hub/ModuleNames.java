package io.precordia.model.hub;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of modules in the reference's memory against names in its checkpoint files. From release 5
 * on they differ for the ViT family ({@code layers.0.attention.q_proj} is written as {@code
 * encoder.layer.0.attention.attention.query}); gradients and PEFT adapters use the former, this
 * program the latter. Both directions leave a name alone that has the target form already, and so
 * does every architecture whose names are the same.
 */
public final class ModuleNames {
  /** A path inside a layer, in memory and in the file. */
  private record Rule(String module, String file) {}

  private static final List<Rule> ATTENTION =
      List.of(
          new Rule("attention.q_proj", "attention.attention.query"),
          new Rule("attention.k_proj", "attention.attention.key"),
          new Rule("attention.v_proj", "attention.attention.value"),
          new Rule("attention.o_proj", "attention.output.dense"));
  private static final List<Rule> VIT_MLP =
      List.of(new Rule("mlp.fc1", "intermediate.dense"), new Rule("mlp.fc2", "output.dense"));

  private static final Map<String, List<Rule>> RULES =
      Map.of(
          "vit",
          java.util.stream.Stream.concat(ATTENTION.stream(), VIT_MLP.stream()).toList(),
          "dinov2",
          ATTENTION,
          "dinov2_with_registers",
          ATTENTION);

  private static final Pattern MODULE = Pattern.compile("((?:.*\\.)?)layers\\.(\\d+)(?:\\.(.+))?");
  private static final Pattern FILE =
      Pattern.compile("((?:.*\\.)?)encoder\\.layer\\.(\\d+)(?:\\.(.+))?");

  private final List<Rule> rules;

  private ModuleNames(List<Rule> rules) {
    this.rules = rules;
  }

  /** The names of one {@code model_type}. */
  public static ModuleNames of(String modelType) {
    return new ModuleNames(RULES.getOrDefault(modelType, List.of()));
  }

  /** Name of a module or parameter in the file. */
  public String toFile(String name) {
    Matcher m = MODULE.matcher(name);
    if (rules.isEmpty() || !m.matches()) {
      return name;
    }
    String inside = m.group(3) == null ? "" : "." + replaced(m.group(3), true);
    return m.group(1) + "encoder.layer." + m.group(2) + inside;
  }

  /** Name of a module or parameter in the reference's memory. */
  public String toModule(String name) {
    Matcher m = FILE.matcher(name);
    if (rules.isEmpty() || !m.matches()) {
      return name;
    }
    String inside = m.group(3) == null ? "" : "." + replaced(m.group(3), false);
    return m.group(1) + "layers." + m.group(2) + inside;
  }

  private String replaced(String inside, boolean toFile) {
    for (Rule rule : rules) {
      String from = toFile ? rule.module() : rule.file();
      if (inside.equals(from) || inside.startsWith(from + ".")) {
        return (toFile ? rule.file() : rule.module()) + inside.substring(from.length());
      }
    }
    return inside;
  }
}
