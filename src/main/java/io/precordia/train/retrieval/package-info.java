/** Retrieval between modalities on simulated triples (floor 4). */
@NullMarked
package io.precordia.train.retrieval;

import org.jspecify.annotations.NullMarked;
