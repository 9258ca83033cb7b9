/** DICOMweb (PS3.18): STOW-RS, QIDO-RS, WADO-RS and WADO-URI (floor 6). */
@NullMarked
package io.precordia.api.dicomweb;

import org.jspecify.annotations.NullMarked;
