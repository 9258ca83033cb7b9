package io.precordia.model.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@code config.json} of the hub, or a section of one. A key that is absent or null takes the
 * default that the reference's configuration class has; a value that this program cannot honour is
 * a named error, never ignored.
 */
public final class HubConfig {
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_SIZE = 1 << 20;
  private static final Map<String, Activation> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("linear", Activation.IDENTITY),
          Map.entry("relu", Activation.RELU),
          Map.entry("gelu", Activation.GELU),
          Map.entry("gelu_python", Activation.GELU),
          Map.entry("gelu_new", Activation.GELU_TANH),
          Map.entry("gelu_fast", Activation.GELU_TANH),
          Map.entry("gelu_accurate", Activation.GELU_TANH),
          Map.entry("gelu_python_tanh", Activation.GELU_TANH),
          Map.entry("gelu_pytorch_tanh", Activation.GELU_TANH),
          Map.entry("quick_gelu", Activation.QUICK_GELU),
          Map.entry("silu", Activation.SILU),
          Map.entry("swish", Activation.SILU),
          Map.entry("tanh", Activation.TANH),
          Map.entry("sigmoid", Activation.SIGMOID));

  private final String where;
  private final JsonNode node;

  private HubConfig(String where, JsonNode node) {
    this.where = where;
    this.node = node;
  }

  /**
   * Reads {@code folder/config.json}.
   *
   * @throws PrecordiaException BAD_WEIGHTS if it is absent, too large or no JSON object
   */
  public static HubConfig read(Path folder) {
    return readFile(folder.resolve("config.json"));
  }

  /** Reads any of the hub's JSON files, {@code preprocessor_config.json} for example. */
  public static HubConfig readFile(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, name + " is larger than 1 MiB");
      }
      JsonNode node = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
      if (node == null || !node.isObject()) {
        throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, name + " is no JSON object");
      }
      return new HubConfig(name, node);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, name + " is absent or no JSON; check the model folder", e);
    }
  }

  /** {@code model_type}; empty if the file names none. */
  public String modelType() {
    return text("model_type", "");
  }

  /** Names of {@code architectures}; empty if the file names none. */
  public List<String> architectures() {
    return texts("architectures", List.of());
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether there is no key in it at all. */
  public boolean isEmpty() {
    return node.isEmpty();
  }

  /** A section of the file; an absent one is empty, so that every key of it takes its default. */
  public HubConfig section(String key) {
    JsonNode section = node.path(key);
    if (section.isNull() || section.isMissingNode()) {
      return new HubConfig(where + "." + key, MissingNode.getInstance());
    }
    if (!section.isObject()) {
      throw wrong(key, "an object is needed");
    }
    return new HubConfig(where + "." + key, section);
  }

  /** A size: 1 to 2²⁰. */
  public int size(String key, int orElse) {
    return bounded(key, orElse, 1);
  }

  /** A count that may be none: 0 to 2²⁰. */
  public int count(String key, int orElse) {
    return bounded(key, orElse, 0);
  }

  /** Any whole number, token ids for example. */
  public int integer(String key, int orElse) {
    return bounded(key, orElse, Integer.MIN_VALUE);
  }

  private int bounded(String key, int orElse, int least) {
    if (!has(key)) {
      return orElse;
    }
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, "a whole number is needed");
    }
    if (value.intValue() < least || (least >= 0 && value.intValue() > MAX_SIZE)) {
      throw wrong(key, "it must lie between " + least + " and " + MAX_SIZE);
    }
    return value.intValue();
  }

  public double number(String key, double orElse) {
    if (!has(key)) {
      return orElse;
    }
    if (!node.path(key).isNumber() || !Double.isFinite(node.path(key).doubleValue())) {
      throw wrong(key, "a finite number is needed");
    }
    return node.path(key).doubleValue();
  }

  /** A list of numbers; one number alone counts as a list of one. */
  public List<Double> numbers(String key, List<Double> orElse) {
    if (!has(key)) {
      return orElse;
    }
    List<Double> out = new ArrayList<>();
    for (JsonNode value : items(key)) {
      if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
        throw wrong(key, "a list of finite numbers is needed");
      }
      out.add(value.doubleValue());
    }
    return out;
  }

  public boolean flag(String key, boolean orElse) {
    if (!has(key)) {
      return orElse;
    }
    if (!node.path(key).isBoolean()) {
      throw wrong(key, "true or false is needed");
    }
    return node.path(key).booleanValue();
  }

  public String text(String key, String orElse) {
    if (!has(key)) {
      return orElse;
    }
    if (!node.path(key).isTextual()) {
      throw wrong(key, "a string is needed");
    }
    return node.path(key).textValue();
  }

  /** A list of strings; one string alone counts as a list of one. */
  public List<String> texts(String key, List<String> orElse) {
    if (!has(key)) {
      return orElse;
    }
    List<String> out = new ArrayList<>();
    for (JsonNode item : items(key)) {
      if (!item.isTextual()) {
        throw wrong(key, "a list of strings is needed");
      }
      out.add(item.textValue());
    }
    return out;
  }

  private Iterable<JsonNode> items(String key) {
    return node.path(key).isArray() ? node.path(key) : List.of(node.path(key));
  }

  /** Whole numbers by name, as in PEFT's {@code rank_pattern}; empty if absent. */
  public Map<String, Double> numbersByName(String key) {
    Map<String, Double> out = new java.util.LinkedHashMap<>();
    if (has(key)) {
      for (Map.Entry<String, JsonNode> e : node.path(key).properties()) {
        if (!e.getValue().isNumber()) {
          throw wrong(key, "numbers by name are needed");
        }
        out.put(e.getKey(), e.getValue().doubleValue());
      }
    }
    return out;
  }

  public Activation activation(String key, String orElse) {
    String name = text(key, orElse);
    Activation found = ACTIVATIONS.get(name);
    if (found == null) {
      throw wrong(key, "no such activation here: " + name);
    }
    return found;
  }

  /** A probability in [0, 1), of dropout for example. */
  public double probability(String key, double orElse) {
    double p = number(key, orElse);
    if (!(p >= 0 && p < 1)) {
      throw wrong(key, "it must lie in [0, 1)");
    }
    return p;
  }

  /** {@code num_attention_heads}, which must divide the width. */
  public int heads(int width, int orElse) {
    int heads = size("num_attention_heads", orElse);
    if (width % heads != 0) {
      throw wrong("num_attention_heads", "it must divide hidden_size, " + width);
    }
    return heads;
  }

  /** Side of a square: one size, or a list of two equal ones. */
  public int side(String key, int orElse) {
    if (!node.path(key).isArray()) {
      return size(key, orElse);
    }
    List<Double> sides = numbers(key, List.of());
    boolean square =
        sides.size() == 2
            && sides.get(0).equals(sides.get(1))
            && sides.get(0) >= 1
            && sides.get(0) <= MAX_SIZE
            && sides.get(0) == Math.rint(sides.get(0));
    if (!square) {
      throw wrong(key, "only squares can be honoured");
    }
    return sides.getFirst().intValue();
  }

  /**
   * A section, or another one that takes its place wherever it is present: the reference completes
   * {@code text_config_dict} by its own defaults before it writes it over {@code text_config}, so
   * that nothing of the latter is left.
   */
  public HubConfig sectionUnder(String key, String over) {
    return section(has(over) ? over : key);
  }

  /** Whether a key is in the file and null, where that is something else than its absence. */
  public boolean isNull(String key) {
    return node.path(key).isNull();
  }

  /** Whether a key holds a JSON string, where a format allows strings and other things. */
  public boolean isText(String key) {
    return node.path(key).isTextual();
  }

  /** Whether a key holds a JSON object. */
  public boolean isObject(String key) {
    return node.path(key).isObject();
  }

  /**
   * Refuses every value of a key but those given.
   *
   * @param honoured values in JSON's writing, strings without quotes; an absent key passes
   */
  public void only(String key, String... honoured) {
    if (has(key) && !List.of(honoured).contains(node.path(key).asText())) {
      throw wrong(key, "only " + String.join(", ", honoured) + " can be honoured");
    }
  }

  /** The error for a value that cannot be honoured. */
  public PrecordiaException wrong(String key, String why) {
    return new PrecordiaException(
        ErrorCode.BAD_WEIGHTS,
        where + ": " + key + " is " + shortened(node.path(key)) + "; " + why);
  }

  private static String shortened(JsonNode value) {
    String text = value.isMissingNode() ? "absent" : value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
