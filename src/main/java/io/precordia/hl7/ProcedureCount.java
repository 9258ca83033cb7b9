package io.precordia.hl7;

import org.jspecify.annotations.Nullable;

/**
 * How many instances a procedure makes, reports left out.
 *
 * @param code OBR-4.1
 * @param scheme OBR-4.3; null for any
 */
public record ProcedureCount(String code, @Nullable String scheme, int instances) {
  boolean matches(String orderedCode, String orderedScheme) {
    return code.equals(orderedCode) && (scheme == null || scheme.equals(orderedScheme));
  }
}
