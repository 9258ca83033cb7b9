package io.precordia.delivery;

/**
 * One object for a peer.
 *
 * @param id of the delivery, an opaque id of the store
 * @param mediaType {@code application/dicom}, or {@code x-application/hl7-v2+er7}
 * @param sopClass SOP Class UID; empty for HL7
 * @param sopInstance SOP Instance UID, or the message control id of HL7
 * @param transferSyntax UID of the encoding of the data set; empty for HL7
 * @param content a DICOM Part 10 file, or the HL7 message without MLLP framing
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record OutgoingObject(
    String id,
    String mediaType,
    String sopClass,
    String sopInstance,
    String transferSyntax,
    byte[] content) {
  public static final String DICOM = "application/dicom";
  public static final String HL7 = "x-application/hl7-v2+er7";
}
