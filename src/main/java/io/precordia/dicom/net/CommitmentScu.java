package io.precordia.dicom.net;

import io.precordia.dicom.write.DerivedUid;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.jspecify.annotations.Nullable;

/**
 * Asks peers for storage commitment of what we sent. Their answers come on the association that
 * asked or on one of theirs. Thread-safe.
 */
public final class CommitmentScu {
  private static final long SAME_ASSOCIATION_MILLIS = 2_000;
  private final Requestor requestor;
  private final Map<String, CompletableFuture<CommitmentResult>> waiting =
      new ConcurrentHashMap<>();

  public CommitmentScu(Requestor requestor) {
    this.requestor = requestor;
    requestor.results(this::arrived);
  }

  /** Takes an answer; one that nobody waits for is dropped. */
  public void arrived(CommitmentResult result) {
    CompletableFuture<CommitmentResult> future = waiting.get(result.transaction());
    if (future != null) {
      future.complete(result);
    }
  }

  /**
   * Asks and waits for the answer.
   *
   * @return empty if none came in time
   * @throws PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED
   */
  public Optional<CommitmentResult> request(
      PeerAddress peer, List<ObjectUids> objects, Duration atMost) {
    String transaction = DerivedUid.of("commitment/" + UUID.randomUUID());
    CompletableFuture<CommitmentResult> future = new CompletableFuture<>();
    waiting.put(transaction, future);
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
            CommitmentResult unused = get(future, SAME_ASSOCIATION_MILLIS);
            return true;
          });
      return Optional.ofNullable(get(future, atMost.toMillis()));
    } catch (InterruptedException e) {
      throw Requestor.interrupted(e);
    } finally {
      waiting.remove(transaction);
    }
  }

  private static @Nullable CommitmentResult get(
      CompletableFuture<CommitmentResult> future, long millis) throws InterruptedException {
    try {
      return future.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a commitment failed", e);
    }
  }
}
