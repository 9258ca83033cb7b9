package io.precordia.index;

/** A search result: the best window of one instance and its exact cosine. */
public record Hit(String instance, int window, double score) {}
