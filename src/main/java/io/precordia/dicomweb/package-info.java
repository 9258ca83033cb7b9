/** A client of other archives' DICOMweb services (PS3.18): store, search, retrieve (floor 5). */
@NullMarked
package io.precordia.dicomweb;

import org.jspecify.annotations.NullMarked;
