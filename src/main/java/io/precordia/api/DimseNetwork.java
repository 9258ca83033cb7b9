package io.precordia.api;

import io.precordia.dicom.net.CommitmentScu;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseServer;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.ObjectSink;
import io.precordia.dicom.net.QueryScu;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.StoreScu;
import io.precordia.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;

/** One AE: what it answers and what it asks, on one data directory. Thread-safe. */
final class DimseNetwork implements AutoCloseable {
  private static final int MAX_MATCHES = 10_000;
  private final DimseSettings settings;
  private final Duration patience;
  private final DimseEvents events;
  private final Requestor requestor;
  private final DimseServer server;
  private final DimsePeers peers;
  private final StoreScu store;
  private final QueryScu query;
  private final CommitmentScu commitment;

  /**
   * Starts to listen.
   *
   * @param patience longest wait for a peer
   * @throws io.precordia.error.PrecordiaException INVALID_CONFIGURATION
   */
  DimseNetwork(
      Workspace workspace,
      DimseSettings settings,
      DimsePeers peers,
      Duration patience,
      DimseEvents events) {
    InboxSink sink = new InboxSink(workspace.streams(), workspace.catalogue().intake());
    this.settings = settings;
    this.patience = patience;
    this.events = events;
    this.peers = peers;
    this.requestor =
        new Requestor(settings.title(), settings.tls(), settings.limits(), patience, sink, events);
    this.store = new StoreScu(requestor);
    this.query = new QueryScu(requestor, MAX_MATCHES);
    this.commitment =
        new CommitmentScu(requestor, new AskedCommitmentFiles(workspace, Clock.systemUTC()));
    try {
      this.server =
          new DimseServer(
              settings,
              new DimseServer.Inside(
                  sink,
                  new CatalogueArchive(workspace),
                  new CommitmentFiles(workspace),
                  requestor,
                  peers::titled,
                  commitment),
              events);
    } catch (RuntimeException e) {
      requestor.close();
      throw e;
    }
  }

  private static Requestor requestor(
      DimseSettings settings, Duration patience, ObjectSink sink, DimseEvents events) {
    return new Requestor(
        settings.title(), settings.tls(), settings.limits(), patience, sink, events);
  }

  /** A requestor of its own, for objects that go elsewhere than into the inbox. */
  Requestor requestor(ObjectSink sink) {
    return requestor(settings, patience, sink, events);
  }

  /** AE title of this service. */
  String title() {
    return settings.title();
  }

  DimseServer server() {
    return server;
  }

  DimsePeers peers() {
    return peers;
  }

  Requestor requestor() {
    return requestor;
  }

  StoreScu store() {
    return store;
  }

  QueryScu query() {
    return query;
  }

  CommitmentScu commitment() {
    return commitment;
  }

  @Override
  public void close() {
    server.close();
    requestor.close();
  }
}
