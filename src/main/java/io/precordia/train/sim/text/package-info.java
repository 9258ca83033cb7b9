/** Report wording and HL7 messages of simulated studies (floor 4, chest simulator). */
@NullMarked
package io.precordia.train.sim.text;

import org.jspecify.annotations.NullMarked;
