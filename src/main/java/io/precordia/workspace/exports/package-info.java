/** What leaves the store as files: as it came, or de-identified under a profile. */
@NullMarked
package io.precordia.workspace.exports;

import org.jspecify.annotations.NullMarked;
