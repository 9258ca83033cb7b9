package io.precordia.delivery;

/**
 * A peer that gets results.
 *
 * @param name as configured
 * @param transport how it is reached; the worker closes it
 * @param attempts after so many transient failures a delivery is dead
 * @param backOff pauses between attempts
 */
public record Destination(String name, Transport transport, int attempts, BackOff backOff) {}
