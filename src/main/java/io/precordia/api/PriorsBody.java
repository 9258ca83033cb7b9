package io.precordia.api;

import org.jspecify.annotations.Nullable;

/**
 * What is fetched.
 *
 * @param from name of a peer of {@code precordia.dimse.peers}
 * @param patient Patient ID, as that peer knows it
 */
public record PriorsBody(@Nullable String from, @Nullable String patient) {}
