/** Causal language models of the LLaMA family (floor 3). */
@NullMarked
package io.precordia.model.llm;

import org.jspecify.annotations.NullMarked;
