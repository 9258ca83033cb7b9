package io.precordia.dicom.net;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aoju.bus.image.UID;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.internal.pdu.RoleSelection;

/** Proposes contexts and says which were accepted. */
public final class Negotiation {
  private static final int BATCH = 120;
  private final Requestor requestor;
  private final PeerAddress peer;

  public Negotiation(Requestor requestor, PeerAddress peer) {
    this.requestor = requestor;
    this.peer = peer;
  }

  /** One presentation context. */
  public record Proposal(String sopClass, String transferSyntax) {}

  /** The accepted ones. */
  public Set<Proposal> accepted(List<Proposal> proposals, boolean asProvider) {
    Set<Proposal> accepted = new LinkedHashSet<>();
    for (int from = 0; from < proposals.size(); from += BATCH) {
      List<Proposal> batch = proposals.subList(from, Math.min(proposals.size(), from + BATCH));
      AAssociateRQ rq = requestor.request(peer);
      for (int i = 0; i < batch.size(); i++) {
        rq.addPresentationContext(
            new Presentation(2 * i + 1, batch.get(i).sopClass(), batch.get(i).transferSyntax()));
        if (asProvider) {
          rq.addRoleSelection(new RoleSelection(batch.get(i).sopClass(), false, true));
        }
      }
      requestor.with(
          peer,
          rq,
          as -> {
            for (Presentation context : as.getAAssociateAC().getPresentationContexts()) {
              Proposal proposal = batch.get((context.getPCID() - 1) / 2);
              boolean role = !asProvider || as.isSCPFor(proposal.sopClass());
              if (context.isAccepted() && role) {
                accepted.add(proposal);
              }
            }
            return true;
          });
    }
    return accepted;
  }

  /** Every UID that the toolkit knows and that is no transfer syntax. */
  public static Set<String> knownUids() throws IllegalAccessException {
    Set<String> uids = new TreeSet<>();
    for (var field : UID.class.getFields()) {
      if (field.getType() == String.class) {
        String uid = (String) field.get(null);
        if (uid != null
            && uid.startsWith("1.2.840.10008.")
            && !uid.startsWith("1.2.840.10008.1.2")) {
          uids.add(uid);
        }
      }
    }
    return uids;
  }
}
