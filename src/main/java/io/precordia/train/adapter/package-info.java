/** Training of site adapters on pairs of evidence and report (floor 4). */
@NullMarked
package io.precordia.train.adapter;

import org.jspecify.annotations.NullMarked;
