/**
 * Results: made when a study is complete or when they are asked for, brought to their destinations,
 * and followed by REST (floor 6, part of api).
 */
@NullMarked
package io.precordia.api.results;

import org.jspecify.annotations.NullMarked;
