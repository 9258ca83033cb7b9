package io.precordia.api.view;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a study that was fetched.
 *
 * @param objects that the peer sent
 * @param received of these, durable now and new
 * @param known of these, kept before
 * @param refused of these, not kept
 */
@Schema(name = "FetchAnswer")
public record FetchAnswer(int objects, int received, int known, int refused) {}
