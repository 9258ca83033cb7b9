/**
 * Query keys, how they match and what is answered (PS3.4 C.2.2.2); one engine for C-FIND and
 * QIDO-RS.
 */
@NullMarked
package io.precordia.dicom.query;

import org.jspecify.annotations.NullMarked;
