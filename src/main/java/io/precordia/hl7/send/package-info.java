/** Results out: ORU^R01 messages, and the MLLP client that carries them. */
@NullMarked
package io.precordia.hl7.send;

import org.jspecify.annotations.NullMarked;
