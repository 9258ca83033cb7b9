package io.precordia.api;

import java.nio.charset.StandardCharsets;

/**
 * How a door with a format of its own writes errors that the HTTP layer finds before the door is
 * reached. A bean of a door; elsewhere errors are problem documents.
 */
public interface DoorProblems {
  /** Whether the address belongs to the door. */
  boolean owns(String path);

  /** Media type of {@link #body}. */
  String mediaType();

  /** The error as text, to be sent in {@link StandardCharsets#UTF_8}. */
  String body(Problem problem);
}
