/** DICOM over the network (PS3.7, PS3.8): the services of this AE and its requests to others. */
@NullMarked
package io.precordia.dicom.net;

import org.jspecify.annotations.NullMarked;
