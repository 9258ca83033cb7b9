/** Folders of the Hugging Face hub as encoders of the service (floor 4). */
@NullMarked
package io.precordia.serve.hub;

import org.jspecify.annotations.NullMarked;
