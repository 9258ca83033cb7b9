/**
 * The catalogue of DICOM objects: lookup by UID, queries at four levels, the bytes as they came.
 */
@NullMarked
package io.precordia.workspace.catalogue;

import org.jspecify.annotations.NullMarked;
