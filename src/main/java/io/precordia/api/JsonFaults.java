package io.precordia.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what is wrong with a JSON body without quoting its values. */
final class JsonFaults {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

  private JsonFaults() {}

  static String describe(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return switch (e) {
      case StreamConstraintsException large -> "the JSON body is too large or too deep";
      case UnrecognizedPropertyException unknown ->
          "unknown key " + shown(unknown.getPropertyName()) + where + "; known: " + known(unknown);
      case JsonMappingException shape ->
          "the value" + path(shape) + " has the wrong type or form" + where;
      default -> "the body is not well-formed JSON" + where;
    };
  }

  private static String known(UnrecognizedPropertyException e) {
    var ids = e.getKnownPropertyIds();
    return ids == null
        ? "none"
        : ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : shown(r.getFieldName()))
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : " of " + path;
  }

  /**
   * A key is shown only if it looks like one: free text where a key belongs could be patient data.
   */
  private static String shown(String key) {
    return KEY.matcher(key).matches() ? "\"" + key + "\"" : "(not shown)";
  }
}
