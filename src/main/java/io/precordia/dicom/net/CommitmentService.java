package io.precordia.dicom.net;

import java.io.IOException;
import java.util.List;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Storage commitment, push model (PS3.4 annex J): as provider takes N-ACTION, as user takes the
 * N-EVENT-REPORT that answers our own request.
 */
final class CommitmentService implements Service {
  private final @Nullable CommitmentReporter reporter;
  private final CommitmentListener results;
  private final DimseEvents events;

  /**
   * @param reporter null where we are only a user
   * @param results told of answers to our requests
   */
  CommitmentService(
      @Nullable CommitmentReporter reporter, CommitmentListener results, DimseEvents events) {
    this.reporter = reporter;
    this.results = results;
    this.events = events;
  }

  @Override
  public void perform(Request request) throws DimseFailure, IOException {
    if (!request.sopClass().equals(Uids.STORAGE_COMMITMENT)) {
      throw new DimseFailure(StatusCode.NO_SUCH_SOP_CLASS, "no storage commitment here");
    }
    if (request.operation() == Dimse.N_ACTION_RQ) {
      action(request);
    } else {
      event(request);
    }
  }

  private void action(Request request) throws DimseFailure, IOException {
    if (reporter == null) {
      throw new DimseFailure(StatusCode.UNRECOGNIZED_OPERATION, "no N-ACTION in this context");
    }
    if (!request.text(Tag.RequestedSOPInstanceUID).equals(Uids.STORAGE_COMMITMENT_INSTANCE)) {
      throw new DimseFailure(StatusCode.NO_SUCH_OBJECT_INSTANCE, "not the well-known SOP instance");
    }
    if (request.command().getInt(Tag.ActionTypeID, 0) != Commitments.REQUEST) {
      throw new DimseFailure(StatusCode.NO_SUCH_ACTION_TYPE, "no such action");
    }
    Attributes data = DataSets.read(request);
    List<ObjectUids> objects = Commitments.references(data, Tag.ReferencedSOPSequence);
    if (objects.isEmpty()) {
      throw new DimseFailure(
          StatusCode.MISSING_ATTRIBUTE, "no object is referenced", Tag.ReferencedSOPSequence);
    }
    CommitmentRequest asked =
        new CommitmentRequest(
            Commitments.transaction(data),
            request.association().getCallingAET(),
            System.currentTimeMillis(),
            objects);
    reporter.accept(asked); // durable from here on
    Dispatcher.answer(request, StatusCode.SUCCESS, events);
    reporter.report(asked, request.association());
  }

  private void event(Request request) throws DimseFailure, IOException {
    int type = request.command().getInt(Tag.EventTypeID, 0);
    if (type != Commitments.SUCCESSFUL && type != Commitments.FAILURES_EXIST) {
      throw new DimseFailure(StatusCode.NO_SUCH_EVENT_TYPE, "no such event");
    }
    Attributes data = DataSets.read(request);
    CommitmentResult result =
        new CommitmentResult(
            Commitments.transaction(data),
            Commitments.references(data, Tag.ReferencedSOPSequence),
            Commitments.references(data, Tag.FailedSOPSequence));
    results.keep(result);
    Dispatcher.answer(request, StatusCode.SUCCESS, events);
    results.announce(result);
  }
}
