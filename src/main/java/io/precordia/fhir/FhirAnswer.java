package io.precordia.fhir;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an interaction.
 *
 * @param resource body as a resource, or null
 * @param raw body in a type of its own, or null
 * @param rawType media type of {@code raw}
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record FhirAnswer(
    int status,
    @Nullable Resource resource,
    byte @Nullable [] raw,
    @Nullable String rawType,
    Map<String, String> headers) {
  static FhirAnswer of(int status, @Nullable Resource resource) {
    return new FhirAnswer(status, resource, null, null, new LinkedHashMap<>());
  }

  static FhirAnswer ok(Resource resource) {
    return of(200, resource);
  }

  static FhirAnswer raw(byte[] bytes, String type) {
    return new FhirAnswer(200, null, bytes, type, new LinkedHashMap<>());
  }

  FhirAnswer header(String name, String value) {
    headers.put(name, value);
    return this;
  }
}
