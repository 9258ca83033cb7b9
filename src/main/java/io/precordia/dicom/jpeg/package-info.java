/**
 * Decoders for the JPEG processes that no library of ours reads: JPEG-LS (ITU-T T.87) and
 * sequential DCT of 12 bits (ITU-T T.81, process 4). They know nothing of DICOM but the size that
 * an object states, and allocate nothing before the stream has confirmed it.
 */
@NullMarked
package io.precordia.dicom.jpeg;

import org.jspecify.annotations.NullMarked;
