package io.precordia.dicom.net;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.Option;
import org.aoju.bus.image.metric.AdvancedHandler;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.StorageOptions;
import org.aoju.bus.image.metric.TransferCapability;

/** This AE as acceptor of associations. Thread-safe. */
public final class DimseServer implements AutoCloseable {
  private static final long GOODBYE_MILLIS = 5_000;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("precordia-dimse-", 0).factory());
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("precordia-dimse-timers").factory());
  private final Device device = new Device("precordia");
  private final Admission admission;
  private final DimseListener listener;
  private final CommitmentReporter reporter;

  /**
   * The inside that the services work on.
   *
   * @param sink where received objects go
   * @param archive what may be queried and retrieved
   * @param journal storage commitments that are not answered yet
   * @param requestor for C-MOVE and for answers on associations of our own
   * @param peers known AEs by title
   * @param results told of answers to our own requests for storage commitment
   */
  public record Inside(
      ObjectSink sink,
      Archive archive,
      CommitmentJournal journal,
      Requestor requestor,
      Function<String, Optional<PeerAddress>> peers,
      CommitmentListener results) {}

  /**
   * Starts to listen.
   *
   * @throws io.precordia.error.PrecordiaException INVALID_CONFIGURATION if the port is taken or the
   *     TLS settings cannot be used
   */
  public DimseServer(DimseSettings settings, Inside inside, DimseEvents events) {
    this.admission = new Admission(settings, events);
    Set<String> storage = new HashSet<>(UidTable.storageClasses().keySet());
    storage.addAll(settings.privateClasses());
    this.reporter =
        new CommitmentReporter(
            settings.title(),
            inside.archive(),
            inside.journal(),
            inside.requestor(),
            inside.peers(),
            events);
    Connection connection = connection(settings);
    ApplicationEntity ae = new ApplicationEntity(settings.title());
    device.addConnection(connection);
    device.addApplicationEntity(ae);
    ae.addConnection(connection);
    ae.setAssociationAcceptor(true);
    ae.setDimseRQHandler(new Dispatcher(services(settings, inside, storage, events), events));
    capabilities(ae, storage);
    timers.setRemoveOnCancelPolicy(true);
    device.setExecutor(threads);
    device.setScheduledExecutor(timers);
    device.setAssociationHandler(admission);
    this.listener =
        new DimseListener(
            settings,
            events,
            socket -> AdvancedHandler.INSTANCE.onAccept(connection, socket),
            threads);
    listener.start();
    reporter.resume();
  }

  private Map<Dimse, Service> services(
      DimseSettings settings, Inside inside, Set<String> storage, DimseEvents events) {
    Background background = new Background(events);
    Service commitment = new CommitmentService(reporter, inside.results(), events);
    Map<Dimse, Service> services = new EnumMap<>(Dimse.class);
    services.put(Dimse.C_ECHO_RQ, new EchoService(events));
    services.put(Dimse.C_STORE_RQ, new StoreService(inside.sink(), storage::contains, events));
    services.put(
        Dimse.C_FIND_RQ, new FindService(settings.title(), inside.archive(), background, events));
    services.put(Dimse.C_GET_RQ, new GetService(inside.archive(), background, events));
    services.put(
        Dimse.C_MOVE_RQ,
        new MoveService(
            inside.archive(),
            new StoreScu(inside.requestor()),
            inside.peers(),
            background,
            events));
    services.put(Dimse.N_ACTION_RQ, commitment);
    services.put(Dimse.N_EVENT_REPORT_RQ, commitment);
    return services;
  }

  private static Connection connection(DimseSettings settings) {
    DimseLimits limits = settings.limits();
    Connection connection = new Connection("dimse", settings.host());
    connection.setReceivePDULength(limits.pdu());
    connection.setSendPDULength(limits.pdu());
    connection.setMaxOpsPerformed(limits.operations());
    connection.setMaxOpsInvoked(limits.operations());
    connection.setRequestTimeout((int) limits.request().toMillis());
    connection.setReleaseTimeout((int) limits.request().toMillis());
    connection.setIdleTimeout((int) limits.idle().toMillis());
    // command and data set may share a PDU (PS3.8 E.2), but GDCM waits for ever if they do
    connection.setPackPDV(false);
    return connection;
  }

  private static void capabilities(ApplicationEntity ae, Set<String> storage) {
    String[] all = UidTable.transferSyntaxes().keySet().toArray(String[]::new);
    ae.addTransferCapability(
        new TransferCapability(
            "verification", Uids.VERIFICATION, TransferCapability.Role.SCP, Requestor.PLAIN));
    for (TransferCapability.Role role : TransferCapability.Role.values()) {
      // as user we take the N-EVENT-REPORT of a provider that calls us
      ae.addTransferCapability(
          new TransferCapability("commitment", Uids.STORAGE_COMMITMENT, role, Requestor.PLAIN));
    }
    for (String model : QueryModel.NAMES.keySet()) {
      TransferCapability query =
          new TransferCapability("query", model, TransferCapability.Role.SCP, Requestor.PLAIN);
      query.setTypes(
          model.equals(QueryModel.PATIENT_FIND) || model.equals(QueryModel.STUDY_FIND)
              ? EnumSet.of(Option.Type.RELATIONAL, Option.Type.FUZZY)
              : EnumSet.of(Option.Type.RELATIONAL));
      ae.addTransferCapability(query);
    }
    for (String sopClass : storage) {
      TransferCapability stores =
          new TransferCapability("storage", sopClass, TransferCapability.Role.SCP, all);
      stores.setStorageOptions(
          new StorageOptions(
              StorageOptions.LevelOfSupport.LEVEL_2,
              StorageOptions.DigitalSignatureSupport.LEVEL_3,
              StorageOptions.ElementCoercion.NO));
      ae.addTransferCapability(stores);
      // as user we send objects back on the association of a C-GET
      ae.addTransferCapability(
          new TransferCapability("storage", sopClass, TransferCapability.Role.SCU, all));
    }
  }

  /** The port that it listens on. */
  public int port() {
    return listener.port();
  }

  /** Associations that are open now. */
  public int associations() {
    return admission.open();
  }

  /** Takes no more and aborts what is open; what was not answered was not taken. */
  @Override
  public void close() {
    reporter.close();
    listener.stopListening();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
    try {
      for (Association as : device.listOpenAssociations()) {
        timers.execute(as::abort);
      }
      while (admission.open() > 0 && System.nanoTime() < until) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listener.close();
    threads.shutdownNow();
    timers.shutdownNow();
  }
}
