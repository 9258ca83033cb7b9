/** The MLLP client that carries results to a peer. */
@NullMarked
package io.precordia.hl7.send;

import org.jspecify.annotations.NullMarked;
