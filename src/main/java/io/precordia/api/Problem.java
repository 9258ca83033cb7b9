package io.precordia.api;

import io.precordia.error.ErrorCode;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * RFC 9457 problem document. It never holds patient data or a stack trace.
 *
 * @param type {@code urn:precordia:problem:} and the code
 * @param title the code in words, the same for every occurrence
 * @param status the HTTP status
 * @param detail what was wrong this time and what to do
 * @param code stable code to switch on, {@link ErrorCode#id()}
 * @param instance names this occurrence; the log carries the same
 */
@Schema(
    name = "Problem",
    description = "RFC 9457 problem document; switch on `code`.",
    examples =
        "{\"type\":\"urn:precordia:problem:not-found\",\"title\":\"Not found\",\"status\":404,\"detail\":\"no such instance\","
            + "\"code\":\"not-found\",\"instance\":\"urn:uuid:5f0c7cbb-4a35-4f0f-9f34-3b7b6f9f2c11\"}")
public record Problem(
    String type, String title, int status, String detail, String code, String instance) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(ErrorCode code, String detail) {
    String words = code.id().replace('-', ' ');
    return new Problem(
        "urn:precordia:problem:" + code.id(),
        words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
        code.status(),
        detail,
        code.id(),
        "urn:uuid:" + UUID.randomUUID());
  }
}
