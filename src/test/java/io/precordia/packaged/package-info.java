/** Tests of the packaged program in processes of its own; they need {@code ./mvnw package}. */
@NullMarked
package io.precordia.packaged;

import org.jspecify.annotations.NullMarked;
