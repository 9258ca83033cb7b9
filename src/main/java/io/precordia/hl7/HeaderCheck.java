package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import java.util.Set;

/**
 * The checks that come before the content (HL7 v2.5.1 2.9.2.2): message type, processing id and
 * version must be ones that are taken, else the message is rejected; and who sends must be one who
 * may.
 */
final class HeaderCheck {
  private final ReceptionOptions options;

  HeaderCheck(ReceptionOptions options) {
    this.options = options;
  }

  /**
   * @throws Refusal.Thrown if the message is not to be read on
   */
  void check(Header header) {
    require(header, 9, "MSH-9 (message type)");
    require(header, 10, "MSH-10 (message control id)");
    require(header, 11, "MSH-11 (processing id)");
    require(header, 12, "MSH-12 (version id)");
    if (!options.processingIds().contains(header.msh().component(11, 1))) {
      throw Refusal.reject(
              Condition.PROCESSING_ID,
              ErrorCode.INVALID_ARGUMENT,
              "MSH^1^11",
              "messages of this processing id are not taken here (precordia.hl7.processing-ids)")
          .thrown();
    }
    if (!header.msh().component(12, 1).matches("2\\.[1-9](\\.\\d){0,2}")) {
      throw Refusal.reject(
              Condition.VERSION_ID,
              ErrorCode.INVALID_ARGUMENT,
              "MSH^1^12",
              "versions 2.1 to 2.9 are read")
          .thrown();
    }
    allow(options.applications(), header, 3, "sending application", "applications");
    allow(options.facilities(), header, 4, "sending facility", "facilities");
  }

  private static void require(Header header, int field, String name) {
    if (header.field(field).isBlank()) {
      throw Refusal.error(
              Condition.FIELD_MISSING, ErrorCode.MALFORMED, "MSH^1^" + field, name + " is missing")
          .thrown();
    }
  }

  private static void allow(Set<String> allowed, Header header, int field, String who, String key) {
    if (!allowed.isEmpty() && !allowed.contains(header.msh().component(field, 1))) {
      throw Refusal.reject(
              Condition.TABLE_VALUE,
              ErrorCode.FORBIDDEN,
              "MSH^1^" + field,
              "this " + who + " is not one of precordia.hl7." + key)
          .thrown();
    }
  }
}
