package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One interaction, from HTTP or from an entry of a bundle.
 *
 * @param base URL of the service's root, without a slash at its end
 * @param path segments below the root, decoded
 * @param query parameters in the order given
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record FhirRequest(
    String method,
    String base,
    List<String> path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body) {
  FhirRequest {
    path = List.copyOf(path);
  }

  String segment(int i) {
    return i < path.size() ? path.get(i) : "";
  }

  @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /** The value of a preference (RFC 7240), for example return or handling. */
  String preference(String name) {
    String prefer = header("prefer");
    if (prefer != null) {
      for (String part : prefer.split("[,;]")) {
        String[] pair = part.split("=", 2);
        if (pair.length == 2 && pair[0].strip().equalsIgnoreCase(name)) {
          return pair[1].strip().replace("\"", "").toLowerCase(Locale.ROOT);
        }
      }
    }
    return "";
  }

  /**
   * The format of the body.
   *
   * @throws PrecordiaException UNSUPPORTED_FORMAT
   */
  FhirFormat bodyFormat() {
    String type = header("content-type");
    return FhirFormat.of(type == null ? "" : type)
        .orElseThrow(
            () ->
                new PrecordiaException(
                    ErrorCode.UNSUPPORTED_FORMAT,
                    "a FHIR body needs the Content-Type application/fhir+json or application/fhir+xml, version 4.0"));
  }
}
