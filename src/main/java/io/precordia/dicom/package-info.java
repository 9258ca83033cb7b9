/** The only package that imports the DICOM toolkit (floor 2). */
@NullMarked
package io.precordia.dicom;

import org.jspecify.annotations.NullMarked;
