package io.precordia.model.more;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterFile;
import io.precordia.nn.ParameterSet;
import io.precordia.weights.AtomicFile;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a MoRE model: {@code config.json} and {@code model.safetensors}, beside the
 * tokenizer, preprocessing constants, card and checksums that other packages write.
 */
public final class MoreFolder {
  public static final String CONFIG = "config.json";
  public static final String WEIGHTS = "model.safetensors";
  public static final String MODEL_TYPE = "precordia-more";
  private static final long MAX_CONFIG = 1 << 20;

  private MoreFolder() {}

  /**
   * Content of {@code config.json}.
   *
   * @param modelType always {@value MODEL_TYPE}
   * @param id name of the weights, for provenance
   * @param version version of the weights, for provenance
   */
  public record Manifest(String modelType, String id, String version, MoreConfig config) {
    public Manifest(String id, String version, MoreConfig config) {
      this(MODEL_TYPE, id, version, config);
    }
  }

  /** Writes configuration and weights (F16, as shipped), each atomically; the folder must exist. */
  public static void save(Path folder, Manifest manifest, ParameterSet weights) {
    ParameterFile.save(weights, folder.resolve(WEIGHTS), ElementType.F16, Map.of("format", "pt"));
    writeConfig(folder, manifest);
  }

  /** Writes only {@code config.json}. */
  public static void writeConfig(Path folder, Manifest manifest) {
    byte[] text;
    try {
      text = json().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "the model configuration cannot be written as JSON", e);
    }
    AtomicFile.replace(
        folder.resolve(CONFIG),
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(text);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /**
   * Reads {@code config.json}; every key is required and unknown ones are refused.
   *
   * @throws PrecordiaException BAD_WEIGHTS if it is absent, malformed, of another model type or out
   *     of range
   */
  public static Manifest readConfig(Path folder) {
    try {
      Path file = folder.resolve(CONFIG);
      if (Files.size(file) > MAX_CONFIG) {
        throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "config.json is larger than 1 MiB");
      }
      JsonNode tree = json().readTree(Files.readAllBytes(file));
      // Folders written before there was a stem have none.
      if (tree.at("/config/xray") instanceof ObjectNode xray && !xray.has("stem")) {
        xray.put("stem", 0);
      }
      @Nullable Manifest manifest = json().treeToValue(tree, Manifest.class);
      if (manifest == null || !manifest.modelType().equals(MODEL_TYPE)) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, "config.json describes no " + MODEL_TYPE + " model");
      }
      MoreLimits.check(manifest.config());
      return manifest;
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "config.json is absent or no valid model configuration; check the model folder",
          e);
    }
  }

  /** Reads the weights that {@code config} declares. */
  public static ParameterSet readWeights(Path folder, MoreConfig config) {
    return ParameterFile.load(folder.resolve(WEIGHTS), new MoreModel(config).parameters());
  }

  private static ObjectMapper json() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build();
  }
}
