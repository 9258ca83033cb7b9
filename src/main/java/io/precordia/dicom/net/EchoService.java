package io.precordia.dicom.net;

import java.io.IOException;

/** C-ECHO (PS3.4 annex A). */
final class EchoService implements Service {
  private final DimseEvents events;

  EchoService(DimseEvents events) {
    this.events = events;
  }

  @Override
  public void perform(Request request) throws DimseFailure, IOException {
    if (!Uids.VERIFICATION.equals(request.sopClass())) {
      throw new DimseFailure(StatusCode.UNRECOGNIZED_OPERATION, "no C-ECHO in this context");
    }
    Dispatcher.answer(request, StatusCode.SUCCESS, events);
  }
}
