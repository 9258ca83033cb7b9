package io.precordia.dicom.net;

import java.io.IOException;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.jspecify.annotations.Nullable;

/** A DIMSE service of this AE. */
interface Service {
  /**
   * A request, in the terms of PS3.7.
   *
   * @param sopClass what the presentation context is for
   * @param data data set, null if there is none
   */
  record Request(
      Association association,
      Presentation context,
      Dimse operation,
      String sopClass,
      Attributes command,
      @Nullable PDVInputStream data) {

    /** A value of the command set, empty if absent. */
    String text(int tag) {
      String value = command.getString(tag);
      return value == null ? "" : value;
    }
  }

  /**
   * Performs the request and answers it.
   *
   * @throws DimseFailure what to answer instead
   * @throws IOException if the association is gone
   */
  void perform(Request request) throws DimseFailure, IOException;
}
