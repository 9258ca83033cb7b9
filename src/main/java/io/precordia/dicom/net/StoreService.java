package io.precordia.dicom.net;

import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.util.function.Predicate;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.metric.PDVInputStream;

/**
 * C-STORE (PS3.4 annex B). The data set goes byte by byte into the sink as it came; success is said
 * only after it is durable.
 */
final class StoreService implements Service {
  private final ObjectSink sink;
  private final Predicate<String> stores;
  private final DimseEvents events;

  /**
   * @param stores whether a SOP class is stored; others' data sets are no objects
   */
  StoreService(ObjectSink sink, Predicate<String> stores, DimseEvents events) {
    this.sink = sink;
    this.stores = stores;
    this.events = events;
  }

  @Override
  public void perform(Request request) throws DimseFailure, IOException {
    ObjectUids object =
        new ObjectUids(
            request.text(Tag.AffectedSOPClassUID), request.text(Tag.AffectedSOPInstanceUID));
    PDVInputStream data = checked(request, object);
    PduGuard guard =
        request.association().getSocket() instanceof GuardedSocket g ? g.guard() : null;
    if (guard != null) {
      guard.receiving(true);
    }
    int status;
    try {
      status = receive(request, object, data);
    } catch (DimseFailure | RuntimeException e) {
      data.skipAll(); // while a stall still counts
      throw e;
    } finally {
      if (guard != null) {
        guard.receiving(false);
      }
    }
    Dispatcher.answer(request, status, events);
  }

  private PDVInputStream checked(Request request, ObjectUids object) throws DimseFailure {
    PDVInputStream data = request.data();
    if (data == null) {
      throw new DimseFailure(StatusCode.CANNOT_UNDERSTAND, "the request has no data set");
    }
    if (!stores.test(request.sopClass())
        && request
                .association()
                .getAAssociateRQ()
                .getCommonExtendedNegotiationFor(request.sopClass())
            == null) {
      throw new DimseFailure(StatusCode.UNRECOGNIZED_OPERATION, "no C-STORE in this context");
    }
    if (!object.sopClass().equals(request.sopClass())) {
      throw new DimseFailure(
          StatusCode.DATA_SET_DOES_NOT_MATCH,
          "the SOP class is not that of the context",
          Tag.AffectedSOPClassUID);
    }
    if (!Uids.valid(object.sopInstance())) {
      throw new DimseFailure(
          StatusCode.INVALID_OBJECT_INSTANCE,
          "the SOP Instance UID is no UID",
          Tag.AffectedSOPInstanceUID);
    }
    return data;
  }

  private int receive(Request request, ObjectUids object, PDVInputStream data)
      throws DimseFailure, IOException {
    String syntax = request.context().getTransferSyntax();
    try (ObjectSink.Incoming incoming = sink.begin(sender(request));
        DataSetScanner scanner = new DataSetScanner(syntax)) {
      byte[] meta = FileMeta.of(object, syntax);
      incoming.write(meta, 0, meta.length);
      Counted counted = new Counted(incoming, scanner);
      data.copyTo(counted);
      counted.end();
      match(scanner.sopClass(), object.sopClass(), Tag.SOPClassUID);
      match(scanner.sopInstance(), object.sopInstance(), Tag.SOPInstanceUID);
      if (!scanner.placed()) {
        throw new DimseFailure(
            StatusCode.DATA_SET_DOES_NOT_MATCH,
            "Study or Series Instance UID is absent or no UID",
            Tag.StudyInstanceUID,
            Tag.SeriesInstanceUID);
      }
      boolean first = incoming.commit(object);
      events.stored(counted.bytes);
      if (!first) {
        // Another object is what is found under this UID: that is no success.
        throw new DimseFailure(
            StatusCode.DUPLICATE_SOP_INSTANCE,
            "this UID is another object's here; kept apart and flagged",
            Tag.SOPInstanceUID);
      }
      return scanner.irregular() ? StatusCode.DATA_SET_DOES_NOT_MATCH_WARNING : StatusCode.SUCCESS;
    } catch (NotUnderstood e) {
      throw new DimseFailure(StatusCode.CANNOT_UNDERSTAND, String.valueOf(e.getMessage()));
    }
  }

  // On an association of our own (C-GET) the peer is the one that we called.
  private static String sender(Request request) {
    String title = request.association().getRemoteAET();
    return title == null ? "" : title.strip();
  }

  private static void match(String stated, String expected, int tag) throws DimseFailure {
    if (!stated.equals(expected)) {
      throw new DimseFailure(
          StatusCode.DATA_SET_DOES_NOT_MATCH,
          stated.isEmpty()
              ? "the data set does not say its own SOP UIDs"
              : "the data set's SOP UIDs are not those of the command",
          tag);
    }
  }

  /** The data set does not follow PS3.5; not a failure of ours. */
  private static final class NotUnderstood extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    NotUnderstood(PrecordiaException why) {
      super(why.getMessage(), why);
    }
  }

  /** What goes both into the sink and past the scanner. */
  private static final class Counted extends OutputStream {
    private final ObjectSink.Incoming incoming;
    private final DataSetScanner scanner;
    private long bytes;

    Counted(ObjectSink.Incoming incoming, DataSetScanner scanner) {
      this.incoming = incoming;
      this.scanner = scanner;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      bytes += len;
      try {
        scanner.feed(b, off, len);
      } catch (PrecordiaException e) {
        throw new NotUnderstood(e);
      }
      incoming.write(b, off, len);
    }

    void end() {
      try {
        scanner.end();
      } catch (PrecordiaException e) {
        throw new NotUnderstood(e);
      }
    }
  }
}
