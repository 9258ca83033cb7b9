package io.precordia.dicom.net;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aoju.bus.image.Tag;

/**
 * Performs requests that take long beside the association's own thread, which stays free for the
 * peer's C-CANCEL and for its answers to what we send meanwhile.
 */
final class Background {
  private final Dispatcher dispatcher;

  Background(DimseEvents events) {
    this.dispatcher = new Dispatcher(Map.of(), events); // for its way to answer failures
  }

  /** Work that ends with the last response. */
  interface Work {
    /**
     * @param cancelled true as soon as the peer does not want it any more
     */
    void run(AtomicBoolean cancelled) throws DimseFailure, IOException, InterruptedException;
  }

  void run(Service.Request request, Work work) {
    AtomicBoolean cancelled = new AtomicBoolean();
    int message = request.command().getInt(Tag.MessageID, 0);
    request.association().addCancelRQHandler(message, as -> cancelled.set(true));
    request
        .association()
        .getDevice()
        .execute(
            () -> {
              try {
                dispatcher.guarded(
                    request,
                    () -> {
                      try {
                        work.run(cancelled);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new DimseFailure(
                            StatusCode.OUT_OF_RESOURCES, "the service is stopping");
                      }
                    });
              } catch (IOException e) {
                request.association().onIOException(e); // the association is gone
              } finally {
                request.association().removeCancelRQHandler(message);
              }
            });
  }
}
