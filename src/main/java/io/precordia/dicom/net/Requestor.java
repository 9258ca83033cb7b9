package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.AssociationHandler;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRJ;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.jspecify.annotations.Nullable;

/** This AE as requestor of associations. Thread-safe. */
public final class Requestor implements AutoCloseable {
  static final String[] PLAIN = {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2"};
  private final String title;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("precordia-scu-", 0).factory());
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("precordia-scu-timers").factory());
  private final ApplicationEntity ae;
  private final Connection local;
  private final List<CommitmentListener> results = new CopyOnWriteArrayList<>();

  /**
   * @param title calling AE title
   * @param tls null if no peer wants TLS
   * @param patience longest wait for a connection, an answer to an association request, and a
   *     response
   * @param sink where objects go that a peer sends on our association (C-GET)
   */
  public Requestor(
      String title,
      @Nullable TlsSettings tls,
      DimseLimits limits,
      Duration patience,
      ObjectSink sink,
      DimseEvents events) {
    this.title = title;
    this.local =
        new ScuConnection(tls == null ? null : new TlsContext(tls), limits, patience, events);
    Device device = new Device("precordia-scu");
    this.ae = new ApplicationEntity(title);
    timers.setRemoveOnCancelPolicy(true);
    device.setExecutor(threads);
    device.setScheduledExecutor(timers);
    device.setAssociationHandler(new AssociationHandler());
    device.addConnection(local);
    device.addApplicationEntity(ae);
    ae.addConnection(local);
    ae.setAssociationInitiator(true);
    Map<Dimse, Service> services = new EnumMap<>(Dimse.class);
    services.put(Dimse.C_STORE_RQ, new StoreService(sink, sopClass -> true, events));
    services.put(
        Dimse.N_EVENT_REPORT_RQ,
        new CommitmentService(
            null,
            new CommitmentListener() {
              @Override
              public void keep(CommitmentResult result) {
                results.forEach(r -> r.keep(result));
              }

              @Override
              public void announce(CommitmentResult result) {
                results.forEach(r -> r.announce(result));
              }
            },
            events));
    ae.setDimseRQHandler(new Dispatcher(services, events));
  }

  /** Tells of answers to our requests for storage commitment that come on our associations. */
  void results(CommitmentListener listener) {
    results.add(listener);
  }

  /** What is done on an association. */
  interface Work<T> {
    T on(Association association) throws IOException, InterruptedException;
  }

  /** A request for an association with what every one of ours says. */
  AAssociateRQ request(PeerAddress peer) {
    AAssociateRQ rq = new AAssociateRQ();
    rq.setCallingAET(title);
    rq.setCalledAET(peer.title());
    rq.setImplClassUID(Uids.IMPLEMENTATION);
    rq.setImplVersionName(Uids.VERSION_NAME);
    return rq;
  }

  /**
   * Opens an association, works on it and releases it.
   *
   * @throws PrecordiaException PEER_UNAVAILABLE, PEER_REFUSED
   */
  <T> T with(PeerAddress peer, AAssociateRQ rq, Work<T> work) {
    Association as;
    try {
      as = ae.connect(local, remote(peer), rq);
    } catch (AAssociateRJ e) {
      throw new PrecordiaException(
          e.getResult() == AAssociateRJ.RESULT_REJECTED_TRANSIENT
              ? ErrorCode.PEER_UNAVAILABLE
              : ErrorCode.PEER_REFUSED,
          "the peer rejected the association (result "
              + e.getResult()
              + ", source "
              + e.getSource()
              + ", reason "
              + e.getReason()
              + "); see PS3.8 table 9-21",
          e);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      if (as.getMaxPDULengthSend() < Admission.SMALLEST_PDU) {
        throw new IOException("unusable PDU length");
      }
      T result = work.on(as);
      release(as);
      return result;
    } catch (IOException e) {
      as.abort();
      throw unavailable(e);
    } catch (InterruptedException e) {
      as.abort();
      throw interrupted(e);
    } catch (PrecordiaException e) {
      as.abort();
      throw e;
    } catch (RuntimeException e) {
      boolean gone = !as.isReadyForDataTransfer(); // then this is the toolkit's way to say so
      as.abort();
      throw gone ? unavailable(e) : e;
    } catch (Error e) {
      as.abort();
      throw e;
    }
  }

  // What was answered stands, even if the peer was gone before it could be released.
  private static void release(Association as) {
    try {
      as.release();
    } catch (IOException | RuntimeException e) {
      as.abort();
    }
  }

  private static Connection remote(PeerAddress peer) {
    Connection remote = new Connection("peer", peer.host(), peer.port());
    if (peer.tls()) {
      remote.setTlsCipherSuites(TlsContext.SUITES.toArray(String[]::new));
    }
    return remote;
  }

  static PrecordiaException unavailable(Exception e) {
    return new PrecordiaException(
        ErrorCode.PEER_UNAVAILABLE,
        "no association with the peer, or it broke (" + e.getClass().getSimpleName() + ")",
        e);
  }

  private static PrecordiaException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PrecordiaException(ErrorCode.NOT_READY, "the service is stopping", e);
  }

  /** C-ECHO; returns its status. */
  public int echo(PeerAddress peer) {
    AAssociateRQ rq = request(peer);
    rq.addPresentationContext(new Presentation(1, Uids.VERIFICATION, PLAIN));
    return with(
        peer,
        rq,
        as -> {
          DimseRSP rsp = as.cecho();
          rsp.next();
          return rsp.getCommand().getInt(Tag.Status, -1);
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
    timers.shutdownNow();
  }
}
