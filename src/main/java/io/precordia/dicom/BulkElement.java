package io.precordia.dicom;

/**
 * A value that a header leaves out (PS3.18 8.7.3 calls it bulk data).
 *
 * @param path where it is: tags as eight hex digits, with the 0-based item number after each
 *     sequence, as in {@code 54000100/0/54001010}
 * @param vr value representation as stored
 * @param bytes encoded length, of all fragments together where the value is encapsulated
 */
public record BulkElement(String path, String vr, long bytes) {}
