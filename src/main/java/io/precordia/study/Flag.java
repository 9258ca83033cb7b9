package io.precordia.study;

import io.precordia.error.ErrorCode;

/**
 * Why something is kept but not embedded, or what to know about it. The message holds no patient
 * data.
 */
public record Flag(ErrorCode code, String message) {}
