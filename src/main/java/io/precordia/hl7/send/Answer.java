package io.precordia.hl7.send;

import io.precordia.report.Hl7Charset;
import io.precordia.report.Hl7Message;
import io.precordia.report.Hl7Segment;

/**
 * What a peer said of a message.
 *
 * @param code MSA-1: AA, AE, AR, CA, CE or CR
 * @param controlId MSA-2
 * @param condition code of HL7 table 0357 (ERR-3, or ERR-1 before v2.5), empty if none is given
 */
record Answer(String code, String controlId, String condition) {

  /** Reads an acknowledgement; anything else has an empty code. */
  static Answer of(byte[] bytes) {
    var messages = Hl7Message.parse(Hl7Charset.decode(bytes));
    if (messages.isEmpty()) {
      return new Answer("", "", "");
    }
    Hl7Message message = messages.getFirst();
    Hl7Segment msa = message.first("MSA");
    Hl7Segment err = message.first("ERR");
    String condition = err.component(3, 1);
    if (condition.isEmpty()) {
      // ELD: segment, sequence, field position, then the code with its text
      String coded = err.component(1, 4);
      int sub = coded.indexOf(err.delimiters().subcomponent());
      condition = sub < 0 ? coded : coded.substring(0, sub);
    }
    return new Answer(
        msa.component(1, 1), msa.component(2, 1), condition.matches("\\d{1,3}") ? condition : "");
  }
}
