package io.precordia.hl7;

/** Message error conditions of HL7 table 0357 (HL7 v2.5.1 2.15.5.3). */
enum Condition {
  ACCEPTED("0", "Message accepted"),
  SEGMENT_SEQUENCE("100", "Segment sequence error"),
  FIELD_MISSING("101", "Required field missing"),
  DATA_TYPE("102", "Data type error"),
  TABLE_VALUE("103", "Table value not found"),
  TOO_LONG("104", "Value too long"),
  MESSAGE_TYPE("200", "Unsupported message type"),
  EVENT_CODE("201", "Unsupported event code"),
  PROCESSING_ID("202", "Unsupported processing id"),
  VERSION_ID("203", "Unsupported version id"),
  UNKNOWN_KEY("204", "Unknown key identifier"),
  INTERNAL("207", "Application internal error");

  private final String code;
  private final String text;

  Condition(String code, String text) {
    this.code = code;
    this.text = text;
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
