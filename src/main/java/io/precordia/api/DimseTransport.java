package io.precordia.api;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.delivery.Transport;
import io.precordia.dicom.net.AskedCommitments;
import io.precordia.dicom.net.CommitmentScu;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.StoreScu;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Delivers objects by C-STORE, with storage commitment where the peer is configured so. An object
 * whose commitment is outstanding is not sent again; its answer may come hours and restarts later.
 */
final class DimseTransport implements Transport {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final System.Logger LOG = System.getLogger(DimseTransport.class.getName());
  private final StoreScu store;
  private final CommitmentScu commitment;
  private final PeerAddress peer;
  private final boolean commit;
  private final Duration commitWithin;

  /**
   * @param commit whether "sent" also needs the peer's storage commitment
   * @param commitWithin how long the commitment may take
   */
  DimseTransport(
      StoreScu store,
      CommitmentScu commitment,
      PeerAddress peer,
      boolean commit,
      Duration commitWithin) {
    this.store = store;
    this.commitment = commitment;
    this.peer = peer;
    this.commit = commit;
    this.commitWithin = commitWithin;
  }

  @Override
  public List<SendOutcome> send(List<OutgoingObject> objects) {
    Map<ObjectUids, SendOutcome> outcomes = new LinkedHashMap<>();
    List<FileToSend> files = new ArrayList<>();
    for (OutgoingObject object : objects) {
      ObjectUids uids = uids(object);
      AskedCommitments.Standing standing =
          commit ? standing(uids) : AskedCommitments.Standing.NOT_ASKED;
      if (standing == AskedCommitments.Standing.NOT_ASKED) {
        files.add(new FileToSend(uids, object.transferSyntax(), object.content()));
      } else {
        outcomes.put(uids, outcome(uids, standing));
      }
    }
    if (!files.isEmpty()) {
      store(files, outcomes);
    }
    return objects.stream().map(o -> Objects.requireNonNull(outcomes.get(uids(o)))).toList();
  }

  private void store(List<FileToSend> files, Map<ObjectUids, SendOutcome> outcomes) {
    List<StoreOutcome> stored = store.send(peer, files);
    List<ObjectUids> sent = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      StoreOutcome outcome = stored.get(i);
      ObjectUids object = files.get(i).object();
      switch (outcome.kind()) {
        case STORED -> {
          sent.add(object);
          outcomes.put(object, new SendOutcome.Sent());
        }
        case TRANSIENT -> outcomes.put(object, new SendOutcome.Transient(outcome.reason()));
        case PERMANENT -> outcomes.put(object, new SendOutcome.Permanent(outcome.reason()));
      }
    }
    if (commit && !sent.isEmpty()) {
      commitment.ask(peer, sent);
      sent.forEach(object -> outcomes.put(object, outcome(object, standing(object))));
    }
  }

  private static ObjectUids uids(OutgoingObject object) {
    return new ObjectUids(object.sopClass(), object.sopInstance());
  }

  private AskedCommitments.Standing standing(ObjectUids object) {
    return commitment.asked().of(peer.title(), object, commitWithin);
  }

  private SendOutcome outcome(ObjectUids object, AskedCommitments.Standing standing) {
    if (standing != AskedCommitments.Standing.OUTSTANDING) {
      commitment.asked().settled(peer.title(), object);
    }
    return switch (standing) {
      case COMMITTED -> new SendOutcome.Sent();
      case OUTSTANDING ->
          new SendOutcome.Pending(
              "stored; the peer's storage commitment is outstanding", LOOK_AGAIN);
      case OVERDUE -> {
        LOG.log(
            System.Logger.Level.WARNING,
            "a storage commitment was not answered within {0}; the object is sent again",
            commitWithin);
        yield new SendOutcome.Transient("stored, but its commitment was not answered in time");
      }
      case REFUSED, NOT_ASKED ->
          new SendOutcome.Transient("stored, but the peer did not commit to it");
    };
  }
}
