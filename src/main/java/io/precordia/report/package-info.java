/** Report text: parsing, sections, tokens (floor 2). */
@NullMarked
package io.precordia.report;

import org.jspecify.annotations.NullMarked;
