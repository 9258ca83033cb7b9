/**
 * HL7 v2 over MLLP: the listener, acknowledgements, what messages bring about, and the client that
 * sends results. docs/hl7.md is its profile.
 */
@NullMarked
package io.precordia.hl7;

import org.jspecify.annotations.NullMarked;
