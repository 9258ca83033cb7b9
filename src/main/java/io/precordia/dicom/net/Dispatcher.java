package io.precordia.dicom.net;

import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Commands;
import org.aoju.bus.image.metric.DimseRQHandler;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.jspecify.annotations.Nullable;

/**
 * Brings each request to its service and turns every failure into the status of a response;
 * whatever one request does, the association goes on.
 */
final class Dispatcher implements DimseRQHandler {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private final Map<Dimse, Service> services;
  private final DimseEvents events;

  Dispatcher(Map<Dimse, Service> services, DimseEvents events) {
    this.services = Map.copyOf(services);
    this.events = events;
  }

  @Override
  public void onDimse(
      Association as,
      Presentation context,
      Dimse operation,
      Attributes command,
      @Nullable PDVInputStream data)
      throws IOException {
    Service.Request request =
        new Service.Request(
            as,
            context,
            operation,
            as.getAAssociateRQ().getPresentationContext(context.getPCID()).getAbstractSyntax(),
            command,
            data);
    guarded(
        request,
        () -> {
          Service service = services.get(operation);
          if (service == null) {
            throw new DimseFailure(StatusCode.UNRECOGNIZED_OPERATION, "no such operation here");
          }
          service.perform(request);
        });
  }

  /** Work on a request. */
  interface Work {
    void run() throws DimseFailure, IOException;
  }

  /** Does the work and answers every failure of it. */
  void guarded(Service.Request request, Work work) throws IOException {
    try {
      work.run();
    } catch (DimseFailure e) {
      refuse(request, e);
    } catch (PrecordiaException e) {
      refuse(request, DimseFailure.of(e));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      if (!request.association().isReadyForDataTransfer()) {
        return; // the peer has gone meanwhile; the toolkit says so in this way
      }
      // The kind only: a message of a library may repeat content.
      LOG.log(
          System.Logger.Level.ERROR, "a DICOM request failed: {0}", e.getClass().getSimpleName());
      refuse(request, new DimseFailure(StatusCode.PROCESSING_FAILURE, "a defect of this program"));
    }
  }

  private void refuse(Service.Request request, DimseFailure failure) throws IOException {
    Association as = request.association();
    Dimse operation = request.operation();
    PDVInputStream data = request.data();
    if (data != null && readable(request)) {
      data.skipAll(); // the peer reads no answer before it has sent everything
    }
    Attributes response = new Attributes();
    response.setInt(Tag.CommandField, VR.US, operation.commandFieldOfRSP());
    response.setInt(
        Tag.MessageIDBeingRespondedTo, VR.US, request.command().getInt(Tag.MessageID, 0));
    response.setInt(Tag.Status, VR.US, failure.status());
    response.setString(Tag.ErrorComment, VR.LO, failure.comment());
    if (!failure.offending().isEmpty()) {
      response.setInt(
          Tag.OffendingElement,
          VR.AT,
          failure.offending().stream().mapToInt(Integer::intValue).toArray());
    }
    events.answered(name(operation), failure.status());
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} of \"{1}\" was answered {2}: {3}",
        name(operation),
        Admission.printable(as.getRemoteAET()),
        String.format(Locale.ROOT, "%04XH", failure.status()),
        failure.comment());
    as.tryWriteDimseRSP(request.context(), response);
  }

  // Work in the background has read its data set; only the association's own thread may read.
  private static boolean readable(Service.Request request) {
    return request.operation() == Dimse.C_STORE_RQ;
  }

  /** For example C-STORE. */
  static String name(Dimse operation) {
    return operation.name().replaceAll("_R(Q|SP)$", "").replace('_', '-');
  }

  /** Answers with a status and nothing else. */
  static void answer(Service.Request request, int status, DimseEvents events) throws IOException {
    events.answered(name(request.operation()), status);
    request
        .association()
        .writeDimseRSP(
            request.context(), Commands.mkRSP(request.command(), status, request.operation()));
  }

  @Override
  public void onClose(Association as) {
    // nothing is kept by association here
  }
}
