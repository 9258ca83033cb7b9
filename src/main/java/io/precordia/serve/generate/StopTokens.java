package io.precordia.serve.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tokens that end a text: {@code eos_token_id} of the folder, a number or several. */
final class StopTokens {
  private StopTokens() {}

  /**
   * Of {@code generation_config.json}, or where that says nothing of {@code config.json}.
   *
   * @throws PrecordiaException BAD_WEIGHTS if a file is no JSON or a value is no token
   */
  static Set<Integer> read(Path folder) {
    for (String name : List.of("generation_config.json", "config.json")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        JsonNode value = tree(file).path("eos_token_id");
        if (!value.isMissingNode() && !value.isNull()) {
          return tokens(value, name);
        }
      }
    }
    return Set.of();
  }

  private static Set<Integer> tokens(JsonNode value, String name) {
    Set<Integer> out = new HashSet<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (!one.isInt() || one.asInt() < 0) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, name + ": eos_token_id must be a token's number, or several");
      }
      out.add(one.asInt());
    }
    return out;
  }

  private static JsonNode tree(Path file) {
    try {
      return JsonMapper.builder().build().readTree(file.toFile());
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, file.getFileName() + " cannot be read as JSON", e);
    }
  }
}
