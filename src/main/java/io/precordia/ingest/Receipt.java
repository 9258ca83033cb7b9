package io.precordia.ingest;

/**
 * The answer to a submission that is durable.
 *
 * @param instance its id, the same for the same content
 * @param duplicate whether the same content was there before, processed or waiting; nothing was
 *     added then
 */
public record Receipt(String instance, boolean duplicate) {}
