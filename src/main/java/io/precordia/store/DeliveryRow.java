package io.precordia.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One object for one destination.
 *
 * @param instance what it is about, null if about the whole study
 * @param kind of result: sr, sc, pm, gsps, ecg-sr, oru
 * @param nextTry not before
 * @param reason status or kind of the last failure; no patient data
 */
public record DeliveryRow(
    String id,
    long sequence,
    String study,
    String subject,
    @Nullable String instance,
    String destination,
    String kind,
    DeliveryState state,
    int attempts,
    Instant created,
    Instant nextTry,
    @Nullable Instant sent,
    @Nullable String reason,
    String mediaType,
    String sopClass,
    String sopInstance,
    String transferSyntax) {}
