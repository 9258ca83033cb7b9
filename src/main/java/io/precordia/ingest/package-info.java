/** Durable inbox, decode, embed, index (floor 5). */
@NullMarked
package io.precordia.ingest;

import org.jspecify.annotations.NullMarked;
