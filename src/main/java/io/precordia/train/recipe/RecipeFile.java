package io.precordia.train.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Strict YAML: keys in snake case, every one required, unknown and double ones refused. */
final class RecipeFile {
  private RecipeFile() {}

  /**
   * The key {@code kind}, null where there is none.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION if the file is no readable YAML
   */
  static @Nullable String kind(Path file) {
    JsonNode kind = read(file, JsonNode.class).get("kind");
    return kind == null ? null : kind.asText();
  }

  /**
   * @param what names the key and what it must be
   * @throws PrecordiaException INVALID_CONFIGURATION unless it holds
   */
  static void require(boolean holds, String what) {
    if (!holds) {
      throw new PrecordiaException(ErrorCode.INVALID_CONFIGURATION, "recipe: " + what);
    }
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION with the key or place that is wrong
   */
  static <T> T read(Path file, Class<T> type) {
    try {
      return YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readValue(Files.readAllBytes(file), type);
    } catch (JsonProcessingException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, "recipe: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, "the recipe cannot be read: " + file.getFileName(), e);
    }
  }
}
