package io.precordia.api.upload;

/**
 * One part of a multipart/related body.
 *
 * @param contentType with its parameters, as sent; empty if absent
 * @param contentLocation empty if absent
 * @param tooLarge it was over the limit for one file; {@code bytes} is empty then
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record RelatedPart(
    String contentType, String contentLocation, byte[] bytes, boolean tooLarge) {}
