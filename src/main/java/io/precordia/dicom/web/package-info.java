/**
 * Conversions of the web services (PS3.18): DICOM JSON and Native DICOM Model, bulk data, frames,
 * pictures.
 */
@NullMarked
package io.precordia.dicom.web;

import org.jspecify.annotations.NullMarked;
