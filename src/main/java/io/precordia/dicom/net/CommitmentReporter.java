package io.precordia.dicom.net;

import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.internal.pdu.RoleSelection;
import org.jspecify.annotations.Nullable;

/**
 * Tells peers what is kept: on the association that asked as long as it is open, else on one of our
 * own, tried again with growing pauses until the peer has it or a day has passed. Thread-safe.
 */
final class CommitmentReporter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CommitmentReporter.class.getName());
  private static final Duration GIVE_UP = Duration.ofHours(24);
  private static final long FIRST_PAUSE = 2_000;
  private static final long LONGEST_PAUSE = 600_000;

  private final String title;
  private final Archive archive;
  private final CommitmentJournal journal;
  private final Requestor requestor;
  private final Function<String, Optional<PeerAddress>> peers;
  private final DimseEvents events;
  private final ScheduledThreadPoolExecutor work =
      new ScheduledThreadPoolExecutor(
          2, Thread.ofPlatform().daemon().name("precordia-commitment-", 0).factory());

  CommitmentReporter(
      String title,
      Archive archive,
      CommitmentJournal journal,
      Requestor requestor,
      Function<String, Optional<PeerAddress>> peers,
      DimseEvents events) {
    this.title = title;
    this.archive = archive;
    this.journal = journal;
    this.requestor = requestor;
    this.peers = peers;
    this.events = events;
  }

  /** Goes on with what a former run left. */
  void resume() {
    journal.open().forEach(request -> report(request, null));
  }

  /** Keeps a request durably. */
  void accept(CommitmentRequest request) {
    journal.put(request);
  }

  /**
   * Answers a request that was accepted.
   *
   * @param association the one that asked, null if it is gone
   */
  void report(CommitmentRequest request, @Nullable Association association) {
    later(request, association, 0, FIRST_PAUSE);
  }

  private void later(
      CommitmentRequest request, @Nullable Association association, long delay, long pause) {
    try {
      work.schedule(() -> attempt(request, association, pause), delay, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing; the next start answers");
    }
  }

  private void attempt(CommitmentRequest request, @Nullable Association association, long pause) {
    try {
      List<ObjectUids> kept = new ArrayList<>();
      List<ObjectUids> missing = new ArrayList<>();
      for (ObjectUids object : request.objects()) {
        (archive.holds(object) ? kept : missing).add(object);
      }
      Attributes result = Commitments.result(title, request.transaction(), kept, missing);
      int event = missing.isEmpty() ? Commitments.SUCCESSFUL : Commitments.FAILURES_EXIST;
      if (onSame(association, event, result) || onOwn(request, event, result)) {
        journal.remove(request);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException | Error e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a storage commitment could not be reported: {0}",
          e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName());
    }
    if (System.currentTimeMillis() - request.received() > GIVE_UP.toMillis()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "a storage commitment could not be reported to \"{0}\" for a day; it is given up",
          Admission.printable(request.peer()));
      journal.remove(request);
    } else {
      later(request, null, pause, Math.min(LONGEST_PAUSE, 2 * pause));
    }
  }

  private boolean onSame(@Nullable Association association, int event, Attributes result)
      throws InterruptedException {
    if (association == null || !association.isReadyForDataTransfer()) {
      return false;
    }
    try {
      return sent(association, event, result);
    } catch (IOException | RuntimeException e) {
      return false; // it was closed meanwhile
    }
  }

  private boolean onOwn(CommitmentRequest request, int event, Attributes result) {
    Optional<PeerAddress> peer = peers.apply(request.peer());
    if (peer.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a storage commitment cannot be reported: \"{0}\" is none of precordia.peers",
          Admission.printable(request.peer()));
      return false;
    }
    AAssociateRQ rq = requestor.request(peer.get());
    rq.addPresentationContext(new Presentation(1, Uids.STORAGE_COMMITMENT, Requestor.PLAIN));
    rq.addRoleSelection(new RoleSelection(Uids.STORAGE_COMMITMENT, false, true));
    return requestor.with(peer.get(), rq, as -> sent(as, event, result));
  }

  private boolean sent(Association as, int event, Attributes result)
      throws IOException, InterruptedException {
    DimseRSP rsp =
        as.neventReport(
            Uids.STORAGE_COMMITMENT, Uids.STORAGE_COMMITMENT_INSTANCE, event, result, null);
    rsp.next();
    int status = rsp.getCommand().getInt(Tag.Status, StatusCode.PROCESSING_FAILURE);
    events.answered("N-EVENT-REPORT", status);
    return StatusCode.performed(status);
  }

  @Override
  public void close() {
    work.shutdownNow();
  }
}
