package io.precordia.adapter.router;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.adapter.bank.RoutedChange;
import io.precordia.adapter.compose.XLoraScalings;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A router's configuration: our {@code router.json}, PEFT's {@code adapter_config.json} with
 * peft_type XLORA, or the {@code xlora_config.json} of the first X-LoRA release. Every method that
 * reads throws BAD_WEIGHTS naming the key.
 */
public final class RouterConfigFile {
  /** Our own form, which is what is kept. */
  public static final String NAME = "router.json";

  private static final int MOST = 64;
  private static final Set<String> OWN =
      Set.of(
          "router",
          "members",
          "top_k",
          "temperature",
          "layerwise",
          "softmax",
          "softmax_top_k",
          "global_weight",
          "activated");

  /** What does not change an answer: training, logging, or read from the weights. */
  private static final Set<String> PAST =
      Set.of(
          "peft_type",
          "auto_mapping",
          "base_model_name_or_path",
          "base_model_id",
          "revision",
          "task_type",
          "inference_mode",
          "peft_version",
          "hidden_size",
          "xlora_depth",
          "xlora_size",
          "xlora_dropout_p",
          "use_trainable_adapters",
          "use_bias",
          "device",
          "scaling_pass_value");

  private static final Set<String> XLORA =
      Set.of(
          "adapters",
          "enable_softmax",
          "enable_softmax_topk",
          "softmax_temperature",
          "layerwise_scalings",
          "top_k_lora",
          "global_scaling_weight",
          "enable_relu_and_dropout");

  private final JsonNode root;

  private RouterConfigFile(JsonNode root) {
    this.root = root;
  }

  private static JsonNode tree(byte[] file) {
    try {
      JsonNode root =
          JsonMapper.builder()
              .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build()
              .readTree(file);
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "router: its configuration is no JSON", e);
    }
    throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "router: its configuration is no object");
  }

  /** Whether an adapter_config.json is that of PEFT's X-LoRA; false for what cannot be read. */
  public static boolean isXLora(byte[] config) {
    try {
      return tree(config).path("peft_type").asText("").equals("XLORA");
    } catch (PrecordiaException e) {
      return false;
    }
  }

  /** Our own form. */
  public static RouterConfig read(byte[] file) {
    return new RouterConfigFile(tree(file)).own();
  }

  /** PEFT's and the first release's form; members are named by the keys of {@code adapters}. */
  public static RouterConfig readXLora(byte[] file) {
    return new RouterConfigFile(tree(file)).xlora();
  }

  /** Where the members of X-LoRA's form lie, as it says: name to path. */
  public static Map<String, String> places(byte[] file) {
    Map<String, String> out = new HashMap<>();
    tree(file)
        .path("adapters")
        .properties()
        .forEach(e -> out.put(e.getKey(), e.getValue().asText("")));
    return out;
  }

  private RouterConfig own() {
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!OWN.contains(entry.getKey())) {
        throw wrong(entry.getKey(), "there is no such key");
      }
    }
    List<RouterConfig.Member> members = new ArrayList<>();
    for (JsonNode item : root.path("members")) {
      members.add(
          item.isTextual()
              ? new RouterConfig.Member(item.textValue(), "")
              : new RouterConfig.Member(
                  item.path("name").asText(""), item.path("sha256").asText("")));
    }
    checked(members, "members");
    return switch (root.path("router").asText("")) {
      case "meteora" -> {
        for (String key : List.of("layerwise", "softmax", "softmax_top_k", "global_weight")) {
          if (root.has(key)) {
            throw wrong(key, "it belongs to xlora");
          }
        }
        yield new RouterConfig(
            members,
            new RouterConfig.Meteora(
                new RoutedChange.Gate(
                    top("top_k", Math.min(2, members.size()), 1, members.size()),
                    number("temperature", 1, 1e-3, 1e6))));
      }
      case "xlora" ->
          new RouterConfig(
              members,
              new RouterConfig.XLora(
                  new XLoraScalings.Settings(
                      flag("softmax", true),
                      number("temperature", 1, 1e-3, 1e6),
                      top("top_k", 0, 0, members.size()),
                      flag("softmax_top_k", false),
                      number("global_weight", 1, -100, 100)),
                  flag("layerwise", false),
                  flag("activated", true)));
      default -> throw wrong("router", "it is meteora or xlora");
    };
  }

  private RouterConfig xlora() {
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!PAST.contains(entry.getKey()) && !XLORA.contains(entry.getKey())) {
        JsonNode value = entry.getValue();
        if (!value.isNull() && !(value.isBoolean() && !value.booleanValue())) {
          throw wrong(entry.getKey(), "this program cannot honour it");
        }
      }
    }
    if (number("scaling_pass_value", 0, -1e9, 1e9) != 0) {
      throw wrong("scaling_pass_value", "the first pass is made without adapters, which is 0");
    }
    List<RouterConfig.Member> members = new ArrayList<>();
    root.path("adapters")
        .fieldNames()
        .forEachRemaining(name -> members.add(new RouterConfig.Member(name, "")));
    checked(members, "adapters");
    return new RouterConfig(
        members,
        new RouterConfig.XLora(
            new XLoraScalings.Settings(
                flag("enable_softmax", true),
                number("softmax_temperature", 1, 1e-3, 1e6),
                top("top_k_lora", 0, 0, members.size()),
                flag("enable_softmax_topk", false),
                number("global_scaling_weight", 1, -100, 100)),
            flag("layerwise_scalings", false),
            flag("enable_relu_and_dropout", true)));
  }

  private void checked(List<RouterConfig.Member> members, String key) {
    Set<String> seen = new HashSet<>();
    boolean named = members.stream().allMatch(m -> !m.name().isEmpty() && m.name().length() <= 64);
    if (members.isEmpty() || members.size() > MOST || !named) {
      throw wrong(key, "it names 1 to " + MOST + " adapters");
    }
    for (RouterConfig.Member member : members) {
      if (!seen.add(member.name())) {
        throw wrong(key, "an adapter is named twice");
      }
    }
  }

  private boolean flag(String key, boolean orElse) {
    if (root.hasNonNull(key) && !root.path(key).isBoolean()) {
      throw wrong(key, "true or false is needed");
    }
    return root.hasNonNull(key) ? root.path(key).booleanValue() : orElse;
  }

  private int top(String key, int orElse, int low, int high) {
    double value = number(key, orElse, low, high);
    if (value != Math.rint(value)) {
      throw wrong(key, "a whole number is needed");
    }
    return (int) value;
  }

  private double number(String key, double orElse, double low, double high) {
    if (!root.hasNonNull(key)) {
      return orElse;
    }
    double value = root.path(key).doubleValue();
    if (!root.path(key).isNumber() || !(value >= low && value <= high)) {
      throw wrong(key, "a number from " + low + " to " + high + " is needed");
    }
    return value;
  }

  private PrecordiaException wrong(String key, String why) {
    String value = root.path(key).isMissingNode() ? "absent" : root.path(key).toString();
    return new PrecordiaException(
        ErrorCode.BAD_WEIGHTS,
        "router: "
            + key
            + " is "
            + (value.length() > 60 ? value.substring(0, 60) + "…" : value)
            + "; "
            + why);
  }

  /** Our own form; it reads back as the same configuration. */
  public static byte[] write(RouterConfig config) {
    JsonMapper json = new JsonMapper();
    ObjectNode out = json.createObjectNode();
    out.put("router", config.method());
    for (RouterConfig.Member member : config.members()) {
      out.withArray("members")
          .addObject()
          .put("name", member.name())
          .put("sha256", member.sha256());
    }
    switch (config.rule()) {
      case RouterConfig.Meteora m -> {
        out.put("top_k", m.gate().top());
        out.put("temperature", m.gate().temperature());
      }
      case RouterConfig.XLora x -> {
        out.put("softmax", x.settings().softmax());
        out.put("temperature", x.settings().temperature());
        out.put("top_k", x.settings().top());
        out.put("softmax_top_k", x.settings().softmaxKept());
        out.put("global_weight", x.settings().global());
        out.put("layerwise", x.layerwise());
        out.put("activated", x.activated());
      }
    }
    try {
      return json.writeValueAsBytes(out);
    } catch (IOException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }
}
