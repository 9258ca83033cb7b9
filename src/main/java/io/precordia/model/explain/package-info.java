/**
 * Where a model looks: rollout of attention, of gradient × relevance, and salient relevance, for
 * one text query against one radiograph or ECG (floor 3).
 */
@NullMarked
package io.precordia.model.explain;

import org.jspecify.annotations.NullMarked;
