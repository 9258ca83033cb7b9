/** MoRE: X-ray, ECG and report encoders in one contrastive space (floor 3). */
@NullMarked
package io.precordia.model.more;

import org.jspecify.annotations.NullMarked;
