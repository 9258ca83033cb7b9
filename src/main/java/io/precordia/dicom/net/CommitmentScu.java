package io.precordia.dicom.net;

import io.precordia.dicom.write.DerivedUid;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/**
 * Asks peers for storage commitment of what we sent. Their answers come on the association that
 * asked or on one of theirs. Thread-safe.
 */
public final class CommitmentScu implements CommitmentListener {
  private static final long SAME_ASSOCIATION_MILLIS = 2_000;
  private static final System.Logger LOG = System.getLogger(CommitmentScu.class.getName());
  private final Requestor requestor;
  private final AskedCommitments asked;
  private final Map<String, CompletableFuture<CommitmentResult>> waiting =
      new ConcurrentHashMap<>();

  /**
   * @param asked what was asked before, also by a former run of the program
   */
  public CommitmentScu(Requestor requestor, AskedCommitments asked) {
    this.requestor = requestor;
    this.asked = asked;
    requestor.results(this);
  }

  /** What was asked. */
  public AskedCommitments asked() {
    return asked;
  }

  @Override
  public void keep(CommitmentResult result) {
    if (!asked.answered(result)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a storage commitment was reported that was not asked for, or is settled");
    }
  }

  @Override
  public void announce(CommitmentResult result) {
    CompletableFuture<CommitmentResult> future = waiting.get(result.transaction());
    if (future != null) {
      future.complete(result);
    }
  }

  /**
   * Asks, and waits a little for an answer on the association that asked; one that comes later goes
   * to {@link #asked()}.
   *
   * @throws PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED
   */
  public void ask(PeerAddress peer, List<ObjectUids> objects) {
    String transaction = DerivedUid.of("commitment/" + UUID.randomUUID());
    CompletableFuture<CommitmentResult> future = new CompletableFuture<>();
    asked.asked(transaction, peer.title(), objects);
    waiting.put(transaction, future);
    boolean taken = false;
    try {
      AAssociateRQ rq = requestor.request(peer);
      rq.addPresentationContext(new Presentation(1, Uids.STORAGE_COMMITMENT, Requestor.PLAIN));
      requestor.with(
          peer,
          rq,
          as -> {
            DimseRSP rsp =
                as.naction(
                    Uids.STORAGE_COMMITMENT,
                    Uids.STORAGE_COMMITMENT_INSTANCE,
                    Commitments.REQUEST,
                    Commitments.request(transaction, objects),
                    null);
            rsp.next();
            int status = rsp.getCommand().getInt(Tag.Status, StatusCode.PROCESSING_FAILURE);
            if (!StatusCode.performed(status)) {
              throw new PrecordiaException(
                  ErrorCode.PEER_REFUSED, "the peer does not commit to storage");
            }
            // Some answer at once on this association, and must have it open for that.
            await(future);
            return true;
          });
      taken = true;
    } finally {
      if (!taken && !future.isDone()) {
        asked.withdrawn(transaction);
      }
      waiting.remove(transaction);
    }
  }

  private static void await(CompletableFuture<CommitmentResult> future)
      throws InterruptedException {
    try {
      CommitmentResult unused = future.get(SAME_ASSOCIATION_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // It comes later, on an association of the peer's.
    } catch (ExecutionException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a commitment failed", e);
    }
  }
}
