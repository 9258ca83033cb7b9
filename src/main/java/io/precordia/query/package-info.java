/** Questions: search, classify, embed (floor 5). */
@NullMarked
package io.precordia.query;

import org.jspecify.annotations.NullMarked;
