package io.precordia.dicom.net;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.Dimse;
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

  /**
   * Starts to listen.
   *
   * @param sink where received objects go
   * @throws io.precordia.error.PrecordiaException INVALID_CONFIGURATION if the port is taken or the
   *     TLS settings cannot be used
   */
  public DimseServer(DimseSettings settings, ObjectSink sink, DimseEvents events) {
    this.admission = new Admission(settings, events);
    Set<String> storage = new HashSet<>(UidTable.storageClasses().keySet());
    storage.addAll(settings.privateClasses());
    Map<Dimse, Service> services = new EnumMap<>(Dimse.class);
    services.put(Dimse.C_ECHO_RQ, new EchoService(events));
    services.put(Dimse.C_STORE_RQ, new StoreService(sink, storage::contains, events));
    Connection connection = connection(settings);
    ApplicationEntity ae = new ApplicationEntity(settings.title());
    device.addConnection(connection);
    device.addApplicationEntity(ae);
    ae.addConnection(connection);
    ae.setAssociationAcceptor(true);
    ae.setDimseRQHandler(new Dispatcher(services, events));
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
    return connection;
  }

  private static void capabilities(ApplicationEntity ae, Set<String> storage) {
    String[] all = UidTable.transferSyntaxes().keySet().toArray(String[]::new);
    String[] plain = {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2"};
    ae.addTransferCapability(
        new TransferCapability(
            "verification", Uids.VERIFICATION, TransferCapability.Role.SCP, plain));
    for (String sopClass : storage) {
      TransferCapability stores =
          new TransferCapability("storage", sopClass, TransferCapability.Role.SCP, all);
      stores.setStorageOptions(
          new StorageOptions(
              StorageOptions.LevelOfSupport.LEVEL_2,
              StorageOptions.DigitalSignatureSupport.LEVEL_3,
              StorageOptions.ElementCoercion.NO));
      ae.addTransferCapability(stores);
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

  /** Takes no more, lets what is in flight end for a moment, then aborts what is left. */
  @Override
  public void close() {
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
