package io.precordia.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Several safetensors files behind a {@code model.safetensors.index.json}, as the Hugging Face hub
 * splits large models.
 */
public final class ShardedWeights implements WeightSource {
  private static final long MAX_INDEX = 32L << 20;

  private final Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
  private final Map<String, SafetensorsFile> owner = new LinkedHashMap<>();

  private ShardedWeights() {}

  /**
   * Opens every shard that the index names, beside the index.
   *
   * @throws PrecordiaException BAD_WEIGHTS if the index or a shard is invalid, a shard lies outside
   *     the folder, or an array is not where the index says
   */
  public static ShardedWeights open(Path index) {
    ShardedWeights weights = new ShardedWeights();
    try {
      JsonNode map = read(index).path("weight_map");
      if (!map.isObject() || map.isEmpty()) {
        throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the weights index has no weight_map");
      }
      for (Map.Entry<String, JsonNode> e : map.properties()) {
        SafetensorsFile shard = weights.shard(index, e.getValue().asText());
        shard.entry(e.getKey());
        weights.owner.put(e.getKey(), shard);
      }
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private static JsonNode read(Path index) {
    try {
      if (Files.size(index) > MAX_INDEX) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, "the weights index is larger than 32 MiB");
      }
      return new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(Files.readAllBytes(index));
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "the weights index is not readable JSON", e);
    }
  }

  private SafetensorsFile shard(Path index, String name) {
    SafetensorsFile known = shards.get(name);
    if (known != null) {
      return known;
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors")) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the weights index names a shard that is no plain .safetensors file name");
    }
    SafetensorsFile opened = SafetensorsFile.open(index.resolveSibling(name));
    shards.put(name, opened);
    return opened;
  }

  private SafetensorsFile owner(String name) {
    SafetensorsFile shard = owner.get(name);
    if (shard == null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the weights lack the array " + name);
    }
    return shard;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(owner.keySet());
  }

  @Override
  public TensorEntry entry(String name) {
    return owner(name).entry(name);
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public ByteBuffer bytes(String name) {
    return owner(name).bytes(name);
  }

  @Override
  public StoredArray stored(String name) {
    return owner(name).stored(name);
  }

  @Override
  public void close() {
    shards.values().forEach(SafetensorsFile::close);
  }
}
