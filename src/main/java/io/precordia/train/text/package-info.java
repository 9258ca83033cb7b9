/** Labels as facts, sentences about them, and the tokenizer trainer (floor 4). */
@NullMarked
package io.precordia.train.text;

import org.jspecify.annotations.NullMarked;
