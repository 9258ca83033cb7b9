package io.precordia.api;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.delivery.Transport;
import io.precordia.dicom.net.CommitmentResult;
import io.precordia.dicom.net.CommitmentScu;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.StoreScu;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Delivers objects by C-STORE, with storage commitment where the peer is configured so. */
final class DimseTransport implements Transport {
  private final StoreScu store;
  private final CommitmentScu commitment;
  private final PeerAddress peer;
  private final boolean commit;
  private final Duration commitWithin;

  /**
   * @param commit whether "sent" also needs the peer's storage commitment
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
    List<FileToSend> files = new ArrayList<>();
    for (OutgoingObject object : objects) {
      files.add(
          new FileToSend(
              new ObjectUids(object.sopClass(), object.sopInstance()),
              object.transferSyntax(),
              object.content()));
    }
    List<StoreOutcome> stored = store.send(peer, files);
    Set<ObjectUids> sent = new HashSet<>();
    for (int i = 0; i < files.size(); i++) {
      if (stored.get(i).kind() == StoreOutcome.Kind.STORED) {
        sent.add(files.get(i).object());
      }
    }
    Set<ObjectUids> committed = commit && !sent.isEmpty() ? committed(sent) : sent;
    List<SendOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      StoreOutcome outcome = stored.get(i);
      outcomes.add(
          switch (outcome.kind()) {
            case STORED ->
                committed.contains(files.get(i).object())
                    ? new SendOutcome.Sent()
                    : new SendOutcome.Transient("stored, but the peer did not commit to it");
            case TRANSIENT -> new SendOutcome.Transient(outcome.reason());
            case PERMANENT -> new SendOutcome.Permanent(outcome.reason());
          });
    }
    return outcomes;
  }

  private Set<ObjectUids> committed(Set<ObjectUids> sent) {
    Optional<CommitmentResult> result = commitment.request(peer, List.copyOf(sent), commitWithin);
    return result.map(r -> Set.copyOf(r.committed())).orElse(Set.of());
  }
}
