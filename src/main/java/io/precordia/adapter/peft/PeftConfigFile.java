package io.precordia.adapter.peft;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.adapter.LoraConfig;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code adapter_config.json}. Keys that describe the past of an adapter are skipped, and so is
 * {@code fan_in_fan_out}, which PEFT itself sets to false at linear layers, the only ones that can
 * be adapted here. Any other key that this program does not know must be null, false or empty, or
 * the file is refused by that key's name: what cannot be honoured is never ignored.
 */
final class PeftConfigFile {
  static final String NAME = "adapter_config.json";
  private static final long MAX_BYTES = 4 << 20;
  private static final int MAX_RANK = 1 << 16;

  private static final Set<String> PAST =
      Set.of(
          "auto_mapping",
          "base_model_name_or_path",
          "eva_config",
          "fan_in_fan_out",
          "inference_mode",
          "megatron_config",
          "megatron_core",
          "peft_type",
          "peft_version",
          "qalora_group_size",
          "revision",
          "runtime_config",
          "task_type");

  private static final Set<String> KNOWN =
      Set.of(
          "alpha_pattern",
          "bias",
          "exclude_modules",
          "feedforward_modules",
          "init_ia3_weights",
          "init_lora_weights",
          "layers_pattern",
          "layers_to_transform",
          "lora_alpha",
          "lora_dropout",
          "modules_to_save",
          "r",
          "rank_pattern",
          "target_modules",
          "use_dora",
          "use_rslora");

  /** Starts that leave the base as it is; others moved part of it into the factors. */
  private static final Set<String> HONEST_STARTS =
      Set.of("true", "false", "gaussian", "orthogonal", "eva");

  private final JsonNode root;

  private PeftConfigFile(JsonNode root) {
    this.root = root;
  }

  static PeftConfig read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, NAME + " is larger than 4 MiB");
      }
      JsonNode root =
          new ObjectMapper()
              .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(Files.readAllBytes(file));
      if (root == null || !root.isObject()) {
        throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, NAME + " is no JSON object");
      }
      return new PeftConfigFile(root).parse();
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, NAME + " is absent or no JSON; check the adapter folder", e);
    }
  }

  private PeftConfig parse() {
    String type = text("peft_type", "");
    if (!type.equals("LORA") && !type.equals("IA3")) {
      throw wrong("peft_type", "only LORA and IA3 can be honoured");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      boolean skipped = PAST.contains(entry.getKey()) || KNOWN.contains(entry.getKey());
      if (!skipped && !empty(entry.getValue())) {
        throw wrong(entry.getKey(), "this program cannot honour it");
      }
    }
    boolean ia3 = type.equals("IA3");
    String start = root.path("init_lora_weights").asText("true");
    if (has("init_lora_weights") && !HONEST_STARTS.contains(start)) {
      throw wrong("init_lora_weights", "such a start changed the base; convert the adapter first");
    }
    int rank = ia3 ? 1 : Math.toIntExact((long) number("r", 8, 1, MAX_RANK));
    Map<String, Double> ranks = numbers("rank_pattern");
    ranks.values().forEach(r -> requireRank(r));
    double dropout = number("lora_dropout", 0, 0, 1);
    ModuleNameRule targets = rule("target_modules");
    if (targets.equals(ModuleNameRule.NONE)) {
      throw wrong("target_modules", "it must name the adapted modules");
    }
    return new PeftConfig(
        ia3 ? PeftConfig.Kind.IA3 : flag("use_dora") ? PeftConfig.Kind.DORA : PeftConfig.Kind.LORA,
        rank,
        number("lora_alpha", 8, -1e6, 1e6),
        ranks,
        numbers("alpha_pattern"),
        flag("use_rslora"),
        dropout == 1 ? refuseDropout() : dropout,
        targets,
        "all-linear".equalsIgnoreCase(targets.expression()),
        rule("exclude_modules"),
        integers("layers_to_transform"),
        texts("layers_pattern"),
        texts("modules_to_save"),
        switch (text("bias", "none")) {
          case "none" -> LoraConfig.BiasMode.NONE;
          case "all" -> LoraConfig.BiasMode.ALL;
          case "lora_only" -> LoraConfig.BiasMode.LORA_ONLY;
          default -> throw wrong("bias", "it is none, all or lora_only");
        },
        rule("feedforward_modules"));
  }

  private double refuseDropout() {
    throw wrong("lora_dropout", "it must be below 1");
  }

  private void requireRank(double rank) {
    if (rank < 1 || rank > MAX_RANK || rank != Math.rint(rank)) {
      throw wrong("rank_pattern", "ranks are whole numbers from 1");
    }
  }

  private static boolean empty(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || ((value.isContainerNode() || value.isTextual())
            && value.isEmpty()
            && value.asText().isEmpty());
  }

  private boolean has(String key) {
    return root.hasNonNull(key);
  }

  private String text(String key, String orElse) {
    if (has(key) && !root.path(key).isTextual()) {
      throw wrong(key, "a string is needed");
    }
    return has(key) ? root.path(key).textValue() : orElse;
  }

  private boolean flag(String key) {
    if (has(key) && !root.path(key).isBoolean()) {
      throw wrong(key, "true or false is needed");
    }
    return has(key) && root.path(key).booleanValue();
  }

  private double number(String key, double orElse, double low, double high) {
    if (!has(key)) {
      return orElse;
    }
    JsonNode value = root.path(key);
    double number = value.doubleValue();
    boolean whole = !key.equals("r") || value.isIntegralNumber();
    if (!value.isNumber() || !whole || !(number >= low && number <= high)) {
      throw wrong(key, "a number from " + low + " to " + high + " is needed");
    }
    return number;
  }

  private Map<String, Double> numbers(String key) {
    Map<String, Double> out = new LinkedHashMap<>();
    if (has(key) && !root.path(key).isObject()) {
      throw wrong(key, "an object is needed");
    }
    for (Map.Entry<String, JsonNode> entry : root.path(key).properties()) {
      if (!entry.getValue().isNumber() || !Double.isFinite(entry.getValue().doubleValue())) {
        throw wrong(key, "finite numbers are needed");
      }
      out.put(entry.getKey(), entry.getValue().doubleValue());
    }
    return out;
  }

  private List<Integer> integers(String key) {
    JsonNode value = root.path(key);
    List<Integer> out = new ArrayList<>();
    for (JsonNode item :
        value.isArray() ? value : has(key) ? List.of(value) : List.<JsonNode>of()) {
      if (!item.isInt()) {
        throw wrong(key, "whole numbers are needed");
      }
      out.add(item.intValue());
    }
    return out;
  }

  private List<String> texts(String key) {
    JsonNode value = root.path(key);
    List<String> out = new ArrayList<>();
    for (JsonNode item :
        value.isArray() ? value : has(key) ? List.of(value) : List.<JsonNode>of()) {
      if (!item.isTextual() || item.textValue().isEmpty()) {
        throw wrong(key, "names are needed");
      }
      out.add(item.textValue());
    }
    return out;
  }

  private ModuleNameRule rule(String key) {
    if (has(key) && root.path(key).isTextual()) {
      String expression = text(key, "");
      if (!expression.equalsIgnoreCase("all-linear")) {
        BoundedText.pattern(key, expression);
      }
      return expression.isEmpty() ? ModuleNameRule.NONE : new ModuleNameRule(expression, List.of());
    }
    List<String> names = texts(key);
    return names.isEmpty() ? ModuleNameRule.NONE : new ModuleNameRule(null, names);
  }

  private PrecordiaException wrong(String key, String why) {
    String value = root.path(key).isMissingNode() ? "absent" : root.path(key).toString();
    return new PrecordiaException(
        ErrorCode.BAD_WEIGHTS,
        NAME
            + ": "
            + key
            + " is "
            + (value.length() > 60 ? value.substring(0, 60) + "…" : value)
            + "; "
            + why);
  }

  /** The file's text; it reads back as the same configuration. */
  static String write(PeftConfig config) {
    ObjectNode out = new ObjectMapper().createObjectNode();
    boolean ia3 = config.kind() == PeftConfig.Kind.IA3;
    out.put("peft_type", ia3 ? "IA3" : "LORA");
    out.putNull("task_type");
    out.putNull("base_model_name_or_path");
    out.put("inference_mode", true);
    put(out, "target_modules", config.targets());
    put(out, "exclude_modules", config.excluded());
    put(out, "modules_to_save", new ModuleNameRule(null, config.modulesToSave()));
    out.put("fan_in_fan_out", false);
    if (ia3) {
      put(out, "feedforward_modules", config.feedForward());
      out.put("init_ia3_weights", true);
    } else {
      out.put("r", config.rank());
      out.put("lora_alpha", config.alpha());
      ObjectNode ranks = out.putObject("rank_pattern");
      config.rankPattern().forEach((k, v) -> ranks.put(k, v.intValue()));
      ObjectNode alphas = out.putObject("alpha_pattern");
      config.alphaPattern().forEach(alphas::put);
      out.put("use_rslora", config.rankStabilised());
      out.put("use_dora", config.kind() == PeftConfig.Kind.DORA);
      out.put("lora_dropout", config.dropout());
      out.put("bias", config.bias().name().toLowerCase(java.util.Locale.ROOT));
      out.put("init_lora_weights", true);
      if (config.layers().isEmpty()) {
        out.putNull("layers_to_transform");
      } else {
        config.layers().forEach(out.putArray("layers_to_transform")::add);
      }
      put(out, "layers_pattern", new ModuleNameRule(null, config.layersPattern()));
    }
    return out.toPrettyString();
  }

  private static void put(ObjectNode out, String key, ModuleNameRule rule) {
    if (rule.expression() != null) {
      out.put(key, rule.expression());
    } else if (rule.names().isEmpty()) {
      out.putNull(key);
    } else {
      rule.names().forEach(out.putArray(key)::add);
    }
  }
}
