package io.precordia.store;

import org.jspecify.annotations.Nullable;

/**
 * An object to be delivered.
 *
 * @param study id of this store
 * @param subject whose key seals the content
 * @param instance what it is about, null if about the whole study
 * @param sopInstance SOP Instance UID, derived, so that it tells nothing of the patient; with the
 *     destination it is the delivery's identity
 * @param content what the peer gets
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record NewDelivery(
    String study,
    String subject,
    @Nullable String instance,
    String destination,
    String kind,
    String mediaType,
    String sopClass,
    String sopInstance,
    String transferSyntax,
    byte[] content) {}
