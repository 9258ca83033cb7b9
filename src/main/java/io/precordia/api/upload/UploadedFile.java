package io.precordia.api.upload;

/**
 * One file of an upload.
 *
 * @param name the client's name for it, a hint only
 * @param tooLarge it was over the limit for one file; {@code bytes} is empty then
 */
public record UploadedFile(String name, byte[] bytes, boolean tooLarge) {}
