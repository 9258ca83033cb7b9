/** Results as HL7 v2 messages. */
@NullMarked
package io.precordia.delivery.hl7;

import org.jspecify.annotations.NullMarked;
