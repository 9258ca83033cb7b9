package io.precordia.dicom.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.metric.Commands;

/** The sub-operations of one C-GET or C-MOVE and the responses that count them (PS3.4 C.4.2). */
final class Retrieval {
  private final Service.Request request;
  private final List<Archive.Entry> entries;
  private final DimseEvents events;
  private final List<String> failed = new ArrayList<>();
  private boolean begun;
  private int completed;
  private int warned;

  Retrieval(Service.Request request, List<Archive.Entry> entries, DimseEvents events) {
    this.request = request;
    this.entries = entries;
    this.events = events;
  }

  /** Sends one object; its status. */
  interface Sender {
    int send(Archive.Entry entry) throws InterruptedException;
  }

  void run(Sender sender, AtomicBoolean cancelled) throws IOException, InterruptedException {
    begun = true;
    for (Archive.Entry entry : entries) {
      if (cancelled.get()) {
        respond(StatusCode.CANCEL);
        return;
      }
      int status = sender.send(entry);
      if (status == StatusCode.SUCCESS) {
        completed++;
      } else if (StatusCode.performed(status)) {
        warned++;
      } else {
        failed.add(entry.object().sopInstance());
      }
      if (completed + warned + failed.size() < entries.size()) {
        respond(StatusCode.PENDING);
      }
    }
    end();
  }

  /** Whether a sub-operation was tried or the end was answered. */
  boolean begun() {
    return begun;
  }

  /** Every object failed: none was sent. */
  void fail() throws IOException {
    entries.forEach(entry -> failed.add(entry.object().sopInstance()));
    end();
  }

  private void end() throws IOException {
    boolean any = completed + warned > 0;
    respond(
        failed.isEmpty()
            ? warned > 0 ? StatusCode.SUB_OPERATIONS_WITH_FAILURES : StatusCode.SUCCESS
            : any
                ? StatusCode.SUB_OPERATIONS_WITH_FAILURES
                : StatusCode.UNABLE_TO_PERFORM_SUB_OPERATIONS);
  }

  private void respond(int status) throws IOException {
    Attributes command = Commands.mkRSP(request.command(), status, request.operation());
    int remaining = entries.size() - completed - warned - failed.size();
    if (status == StatusCode.PENDING || status == StatusCode.CANCEL) {
      command.setInt(Tag.NumberOfRemainingSuboperations, VR.US, remaining);
    }
    command.setInt(Tag.NumberOfCompletedSuboperations, VR.US, completed);
    command.setInt(Tag.NumberOfFailedSuboperations, VR.US, failed.size());
    command.setInt(Tag.NumberOfWarningSuboperations, VR.US, warned);
    Attributes data = null;
    if (status != StatusCode.PENDING) {
      events.answered(Dispatcher.name(request.operation()), status);
      if (!failed.isEmpty()) {
        data = new Attributes();
        data.setString(Tag.FailedSOPInstanceUIDList, VR.UI, failed.toArray(String[]::new));
      }
    }
    request.association().writeDimseRSP(request.context(), command, data);
  }
}
