package io.precordia.ingest;

/** One file as it came: its name (a hint only, never used as a path) and its bytes. */
public record Part(String name, byte[] bytes) {}
