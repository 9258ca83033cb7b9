package io.precordia.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON header of a safetensors file, fully checked: every array has a known type, a shape whose
 * size fits its octets, and the arrays cover the data without gap or overlap.
 *
 * @param entries arrays in order of position
 * @param metadata the {@code __metadata__} map, empty if absent
 */
record SafetensorsHeader(List<TensorEntry> entries, Map<String, String> metadata) {
  private static final int MAX_RANK = 32;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(24).build())
          .build();

  /**
   * @param json the header's octets
   * @param dataLength octets behind the header
   * @throws PrecordiaException BAD_WEIGHTS for anything that is not a valid header
   */
  static SafetensorsHeader parse(byte[] json, long dataLength) {
    if (json.length == 0 || json[0] != '{') {
      throw bad("the header does not start with '{'");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "safetensors: the header is not UTF-8", e);
    }
    List<TensorEntry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "header");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        expect(parser.nextToken(), JsonToken.START_OBJECT, "entry");
        if (name.equals("__metadata__")) {
          readMetadata(parser, metadata);
        } else {
          entries.add(readEntry(parser, name));
        }
      }
      expect(parser.currentToken(), JsonToken.END_OBJECT, "header");
      if (parser.nextToken() != null) {
        throw bad("the header has text behind its object");
      }
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "safetensors: the header is not valid JSON or names an array twice",
          e);
    }
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    requireCover(entries, dataLength);
    return new SafetensorsHeader(List.copyOf(entries), Map.copyOf(metadata));
  }

  private static void readMetadata(JsonParser parser, Map<String, String> metadata)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(parser.nextToken(), JsonToken.VALUE_STRING, "metadata value");
      metadata.put(key, parser.getText());
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT, "metadata");
  }

  private static TensorEntry readEntry(JsonParser parser, String name) throws IOException {
    @Nullable ElementType type = null;
    long @Nullable [] shape = null;
    long @Nullable [] offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(parser.currentToken(), JsonToken.VALUE_STRING, "dtype");
          type = ElementType.of(parser.getText());
          if (type == null) {
            throw bad("an array has an unknown dtype");
          }
        }
        case "shape" -> shape = readSizes(parser);
        case "data_offsets" -> offsets = readSizes(parser);
        default -> throw bad("an array has an unknown key");
      }
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT, "entry");
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw bad("an array lacks dtype, shape or its two data_offsets");
    }
    if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != octets(type, shape)) {
      throw bad("an array's data_offsets do not match its shape and dtype");
    }
    return new TensorEntry(name, type, shape, offsets[0], offsets[1]);
  }

  private static long[] readSizes(JsonParser parser) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY, "list of sizes");
    List<Long> sizes = new ArrayList<>();
    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      long size = parser.getLongValue();
      if (size < 0 || sizes.size() == MAX_RANK) {
        throw bad("an array has a negative size or too many axes");
      }
      sizes.add(size);
    }
    expect(parser.currentToken(), JsonToken.END_ARRAY, "list of sizes");
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  private static long octets(ElementType type, long[] shape) {
    try {
      long n = type.bytes();
      for (long size : shape) {
        n = Math.multiplyExact(n, size);
      }
      return n;
    } catch (ArithmeticException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "safetensors: an array's shape overflows", e);
    }
  }

  private static void requireCover(List<TensorEntry> entries, long dataLength) {
    long at = 0;
    for (TensorEntry entry : entries) {
      if (entry.begin() != at) {
        throw bad("the arrays leave a gap or overlap");
      }
      at = entry.end();
    }
    if (at != dataLength) {
      throw bad(
          "the arrays cover "
              + at
              + " octets but the file holds "
              + dataLength
              + "; it is truncated or has a tail");
    }
  }

  private static void expect(@Nullable JsonToken found, JsonToken wanted, String where) {
    if (found != wanted) {
      throw bad("the " + where + " is malformed");
    }
  }

  private static PrecordiaException bad(String what) {
    return new PrecordiaException(
        ErrorCode.BAD_WEIGHTS, "safetensors: " + what + "; fetch the file again");
  }
}
