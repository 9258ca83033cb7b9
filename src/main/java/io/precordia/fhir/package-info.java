/**
 * The FHIR R4 door (HL7 FHIR 4.0.1): what is kept and what the model says of it as resources,
 * reports in, and the operations $similar and $classify. The only room that uses HAPI FHIR.
 */
@NullMarked
package io.precordia.fhir;

import org.jspecify.annotations.NullMarked;
