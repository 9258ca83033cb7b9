/**
 * Codes that several doors share: one table, so that a finding is named alike in DICOM and FHIR.
 */
@NullMarked
package io.precordia.terminology;

import org.jspecify.annotations.NullMarked;
