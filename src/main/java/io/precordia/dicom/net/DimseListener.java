package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections. Handshakes run beside each other, so that a slow one holds nobody up; a
 * connection beyond the bound is closed at once.
 */
final class DimseListener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DimseListener.class.getName());

  /** Connections above the bound on associations that still get a proper rejection. */
  private static final int SLACK = 32;

  /** Hands an accepted connection on. */
  interface Acceptor {
    void accept(Socket socket) throws IOException;
  }

  private final DimseSettings settings;
  private final DimseEvents events;
  private final Acceptor acceptor;
  private final ExecutorService threads;
  private final @Nullable TlsContext tls;
  private final ServerSocket server;
  private final Set<GuardedSocket> open = ConcurrentHashMap.newKeySet();
  private final Thread watch = new Thread(this::watch, "precordia-dimse-watch");

  DimseListener(
      DimseSettings settings, DimseEvents events, Acceptor acceptor, ExecutorService threads) {
    this.settings = settings;
    this.events = events;
    this.acceptor = acceptor;
    this.threads = threads;
    this.tls = settings.tls() == null ? null : new TlsContext(settings.tls());
    try {
      this.server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(
          new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()), 128);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "DICOM cannot listen on port "
              + settings.port()
              + " of "
              + settings.host()
              + "; choose another with precordia.dimse.port, or precordia.dimse.enabled=false",
          e);
    }
    watch.setDaemon(true);
  }

  int port() {
    return server.getLocalPort();
  }

  void start() {
    Thread.ofPlatform().daemon().name("precordia-dimse").start(this::listen);
    watch.start();
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (open.size() >= settings.limits().associations() + SLACK) {
          events.refused(Refusal.LIMIT);
          socket.close();
        } else {
          threads.execute(() -> accepted(socket));
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.log(System.Logger.Level.WARNING, "a DICOM connection could not be accepted");
          rest();
        }
      }
    }
  }

  // Out of file descriptors, for example: trying again at once would only burn the processor.
  private static void rest() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accepted(Socket plain) {
    try {
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      plain.setSoTimeout((int) settings.limits().request().toMillis());
      @Nullable SSLSocket secured = secured(plain);
      plain.setSoTimeout((int) settings.limits().stall().toMillis());
      GuardedSocket socket =
          new GuardedSocket(
              secured == null ? plain : secured,
              secured == null ? null : TlsContext.fingerprint(secured),
              settings.limits(),
              events,
              open::remove);
      open.add(socket);
      try {
        acceptor.accept(socket);
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      close(plain);
    }
  }

  private @Nullable SSLSocket secured(Socket plain) throws IOException {
    if (tls == null) {
      return null;
    }
    try {
      return tls.accepted(plain);
    } catch (IOException e) {
      events.refused(Refusal.TLS);
      LOG.log(
          System.Logger.Level.WARNING,
          "a DICOM connection from {0} was closed: no TLS handshake ({1})",
          plain.getInetAddress().getHostAddress(),
          e.getClass().getSimpleName());
      throw e;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
      LOG.log(System.Logger.Level.DEBUG, "a connection could not be closed");
    }
  }

  // A peer that takes nothing blocks the thread that writes to it; nothing else ends that.
  private void watch() {
    long stall = settings.limits().stall().toNanos();
    try {
      while (!server.isClosed()) {
        Thread.sleep(1_000);
        for (GuardedSocket socket : open) {
          if (socket.stalled(stall)) {
            events.refused(Refusal.TIMEOUT);
            close(socket);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes no more connections. */
  void stopListening() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the DICOM port could not be closed");
    }
  }

  @Override
  public void close() {
    stopListening();
    watch.interrupt();
    open.forEach(DimseListener::close);
  }
}
