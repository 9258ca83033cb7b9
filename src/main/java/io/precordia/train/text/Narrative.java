package io.precordia.train.text;

/**
 * A text with its meaning.
 *
 * @param text as an encoder takes it
 * @param claims what it says
 */
public record Narrative(String text, Claims claims) {}
