/** Visual question answering: BLIP and the BLIP-2 Q-Former (floor 3). */
@NullMarked
package io.precordia.model.vqa;

import org.jspecify.annotations.NullMarked;
