package io.precordia.model;

/**
 * One summand of a composition.
 *
 * @param sha256 digest of a registered adapter
 * @param weight its factor, finite
 */
public record AdapterShare(String sha256, double weight) {}
