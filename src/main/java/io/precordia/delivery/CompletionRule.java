package io.precordia.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for the instances of a study.
 *
 * @param quiet a study of which no number is known is complete when nothing has come for so long
 * @param patience how long to wait for the rest of a study of which fewer came than are expected
 * @param expected how many instances each study of a sender has, reports left out; null if that
 *     differs
 */
public record CompletionRule(Duration quiet, Duration patience, @Nullable Integer expected) {}
