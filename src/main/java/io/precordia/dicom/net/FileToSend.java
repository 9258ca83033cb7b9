package io.precordia.dicom.net;

/**
 * A Part 10 file on its way out.
 *
 * @param transferSyntax UID of its data set, which is sent as it is
 * @param file preamble, file meta information and data set
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record FileToSend(ObjectUids object, String transferSyntax, byte[] file) {}
