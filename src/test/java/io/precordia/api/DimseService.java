package io.precordia.api;

import io.precordia.Eventually;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.DimseServer;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Refusal;
import io.precordia.dicom.net.Requestor;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** A DICOM door on a data directory, without the framework. */
final class DimseService implements AutoCloseable {
  final Workspace workspace;
  final DimseNetwork network;
  final DimseServer server;
  final Requestor requestor;
  private static final Duration SOON = Duration.ofSeconds(60);
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

  static final DimseSettings PLAIN =
      new DimseSettings(
          "PRECORDIA", "127.0.0.1", 0, List.of(), List.of(), null, DimseLimits.DEFAULT);

  /** On this port. */
  static UnaryOperator<DimseSettings> at(int port) {
    return s ->
        new DimseSettings(s.title(), s.host(), port, List.of(), List.of(), null, s.limits());
  }

  DimseService(Path data) {
    this(data, settings -> settings);
  }

  DimseService(Path data, UnaryOperator<DimseSettings> changes) {
    this(data, changes, Map.of());
  }

  /**
   * @param keys configuration of peers
   */
  DimseService(Path data, UnaryOperator<DimseSettings> changes, Map<String, String> keys) {
    this.workspace = Workspace.open(data, TestEncoder::new, WorkspaceOptions.DEFAULT);
    DimseEvents events =
        new DimseEvents() {
          @Override
          public void refused(Refusal why) {
            refusals.add(why);
          }

          @Override
          public void answered(String operation, int status) {
            statuses.add(status);
          }
        };
    this.network =
        new DimseNetwork(
            workspace,
            changes.apply(PLAIN),
            new DimsePeers(TestConfig.of(keys).dimse()),
            Duration.ofSeconds(60),
            events);
    this.server = network.server();
    this.requestor = network.requestor();
  }

  /** Waits for a refusal: a peer may have its answer before the event is noted. */
  void awaitRefusal(Refusal why) throws InterruptedException {
    Eventually.holds(SOON, () -> why + " is not among " + refusals, () -> refusals.contains(why));
  }

  /** Waits for so many answers; their statuses so far, in order. */
  List<Integer> awaitStatuses(int atLeast) throws InterruptedException {
    Eventually.holds(SOON, () -> "only " + statuses, () -> statuses.size() >= atLeast);
    return List.copyOf(statuses);
  }

  PeerAddress address() {
    return new PeerAddress("PRECORDIA", "127.0.0.1", server.port(), false);
  }

  @Override
  public void close() {
    network.close();
    workspace.close();
  }
}
