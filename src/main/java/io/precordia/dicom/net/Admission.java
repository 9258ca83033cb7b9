package io.precordia.dicom.net;

import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.AssociationHandler;
import org.aoju.bus.image.metric.internal.pdu.AAssociateAC;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRJ;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.IdentityAC;
import org.jspecify.annotations.Nullable;

/** Decides on association requests (PS3.8 9.3.4). Thread-safe. */
final class Admission extends AssociationHandler {
  private static final System.Logger LOG = System.getLogger(Admission.class.getName());
  static final int SMALLEST_PDU = 512;
  private final DimseSettings settings;
  private final DimseEvents events;
  private final Map<Association, String> admitted = new HashMap<>();

  Admission(DimseSettings settings, DimseEvents events) {
    this.settings = settings;
    this.events = events;
  }

  @Override
  protected AAssociateAC negotiate(Association as, AAssociateRQ rq) throws IOException {
    if ((rq.getProtocolVersion() & 1) == 0) {
      throw rejected(
          as,
          rq,
          Refusal.PROTOCOL,
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_PROVIDER_ACSE,
          AAssociateRJ.REASON_PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!Uids.APPLICATION_CONTEXT.equals(rq.getApplicationContext())) {
      throw rejected(
          as,
          rq,
          Refusal.PROTOCOL,
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_USER,
          AAssociateRJ.REASON_APP_CTX_NAME_NOT_SUPPORTED);
    }
    // The toolkit would never end writing into PDUs that have no room; above 2 GiB it sees minus.
    if (rq.getMaxPDULength() < 0) {
      rq.setMaxPDULength(0);
    }
    if (rq.getMaxPDULength() > 0 && rq.getMaxPDULength() < SMALLEST_PDU) {
      throw rejected(
          as,
          rq,
          Refusal.PROTOCOL,
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_USER,
          AAssociateRJ.REASON_NO_REASON_GIVEN);
    }
    if (as.getApplicationEntity() == null || !settings.title().equals(rq.getCalledAET())) {
      throw rejected(
          as,
          rq,
          Refusal.CALLED_TITLE,
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_USER,
          AAssociateRJ.REASON_CALLED_AET_NOT_RECOGNIZED);
    }
    if (!known(as, rq)) {
      throw rejected(
          as,
          rq,
          Refusal.CALLING_TITLE,
          AAssociateRJ.RESULT_REJECTED_PERMANENT,
          AAssociateRJ.SOURCE_SERVICE_USER,
          AAssociateRJ.REASON_CALLING_AET_NOT_RECOGNIZED);
    }
    if (!enter(as, rq.getCallingAET())) {
      throw rejected(
          as,
          rq,
          Refusal.LIMIT,
          AAssociateRJ.RESULT_REJECTED_TRANSIENT,
          AAssociateRJ.SOURCE_SERVICE_PROVIDER_PRES,
          AAssociateRJ.REASON_LOCAL_LIMIT_EXCEEDED);
    }
    AAssociateAC ac = makeAAssociateAC(as, rq, null);
    events.accepted();
    return ac;
  }

  @Override
  protected AAssociateAC makeAAssociateAC(
      Association as, AAssociateRQ rq, @Nullable IdentityAC identity) {
    AAssociateAC ac = super.makeAAssociateAC(as, rq, identity);
    ac.setImplClassUID(Uids.IMPLEMENTATION);
    ac.setImplVersionName(Uids.VERSION_NAME);
    return ac;
  }

  private boolean known(Association as, AAssociateRQ rq) {
    if (settings.allowed().isEmpty()) {
      return true;
    }
    Socket socket = as.getSocket();
    @Nullable String certificate = socket instanceof GuardedSocket g ? g.certificate() : null;
    return settings.allowed().stream()
        .anyMatch(r -> r.admits(rq.getCallingAET(), socket.getInetAddress(), certificate));
  }

  private synchronized boolean enter(Association as, String calling) {
    long ofPeer = admitted.values().stream().filter(calling::equals).count();
    if (admitted.size() >= settings.limits().associations()
        || ofPeer >= settings.limits().associationsOfPeer()) {
      return false;
    }
    admitted.put(as, calling);
    return true;
  }

  /** Associations that are open now. */
  synchronized int open() {
    return admitted.size();
  }

  @Override
  protected void onClose(Association as) {
    synchronized (this) {
      admitted.remove(as);
    }
    super.onClose(as);
  }

  private AAssociateRJ rejected(
      Association as, AAssociateRQ rq, Refusal why, int result, int source, int reason) {
    events.refused(why);
    LOG.log(
        System.Logger.Level.WARNING,
        "a DICOM association of \"{0}\" from {1} was rejected: {2}",
        printable(rq.getCallingAET()),
        as.getSocket().getInetAddress().getHostAddress(),
        why.id());
    return new AAssociateRJ(result, source, reason);
  }

  // What a stranger sends must not write into the log what it likes.
  static String printable(@Nullable String title) {
    String text = title == null ? "" : title;
    return text.replaceAll("[^A-Za-z0-9_.\\- ]", "?");
  }
}
