/** Many adapters over one base: paged memory, residency, mixed batches (floor 3). */
@NullMarked
package io.precordia.adapter.bank;

import org.jspecify.annotations.NullMarked;
