/** The whole evaluation of a model folder: data, tasks, tables and plots (floor 4). */
@NullMarked
package io.precordia.train.suite;

import org.jspecify.annotations.NullMarked;
