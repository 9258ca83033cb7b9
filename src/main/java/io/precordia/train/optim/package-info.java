/** Contrastive loss, AdamW and learning-rate schedules (floor 4). */
@NullMarked
package io.precordia.train.optim;

import org.jspecify.annotations.NullMarked;
