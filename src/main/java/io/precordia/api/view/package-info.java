/** What the REST door and the commands print (floor 6). */
@NullMarked
package io.precordia.api.view;

import org.jspecify.annotations.NullMarked;
