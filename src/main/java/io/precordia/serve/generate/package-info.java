/** Language models that continue a text: opening, waiting in line, memory (floor 4). */
@NullMarked
package io.precordia.serve.generate;

import org.jspecify.annotations.NullMarked;
