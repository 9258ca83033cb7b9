/**
 * Results on their way out: a durable outbox, its workers, and the interface of what carries an
 * object to a peer (floor 5).
 */
@NullMarked
package io.precordia.delivery;

import org.jspecify.annotations.NullMarked;
