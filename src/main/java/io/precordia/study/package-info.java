/**
 * Plain records of the domain: subjects, studies, instances and their decoded content (floor 1).
 */
@NullMarked
package io.precordia.study;

import org.jspecify.annotations.NullMarked;
