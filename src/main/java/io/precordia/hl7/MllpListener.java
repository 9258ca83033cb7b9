package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Listens for MLLP connections; each has a virtual thread of its own. Thread-safe. */
public final class MllpListener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MllpListener.class.getName());
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private final ListenerOptions options;
  private final Reception reception;
  private final ServerSocket server;
  private final Set<MllpConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Begins to listen.
   *
   * @throws PrecordiaException CONFLICT if the address is in use, INVALID_CONFIGURATION if it is
   *     none of this machine
   */
  public MllpListener(ListenerOptions options, Reception reception) {
    this.options = options;
    this.reception = reception;
    try {
      this.server = socket(options);
      server.bind(new InetSocketAddress(InetAddress.getByName(options.host()), options.port()));
    } catch (java.net.BindException e) {
      throw new PrecordiaException(
          ErrorCode.CONFLICT,
          "port "
              + options.port()
              + " of precordia.hl7.port is in use or not allowed; choose another",
          e);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, "precordia.hl7.host is no address of this machine", e);
    }
    Thread.ofPlatform().name("precordia-mllp").daemon(true).start(this::accept);
  }

  private static ServerSocket socket(ListenerOptions options) throws IOException {
    SSLContext tls = options.tls();
    if (tls == null) {
      return new ServerSocket();
    }
    SSLServerSocket secure = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
    secure.setEnabledProtocols(PROTOCOLS);
    secure.setNeedClientAuth(options.clientAuth());
    return secure;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Connections at the moment. */
  public int connections() {
    return connections.size();
  }

  private void accept() {
    while (!closed) {
      try {
        admit(server.accept());
      } catch (IOException e) {
        if (!closed) {
          LOG.log(
              System.Logger.Level.WARNING,
              "an MLLP connection could not be accepted: {0}",
              e.getClass().getSimpleName());
        }
      }
    }
  }

  private void admit(Socket socket) throws IOException {
    boolean known =
        options.addresses().isEmpty()
            || options.addresses().stream().anyMatch(a -> a.contains(socket.getInetAddress()));
    if (!known || connections.size() >= options.maxConnections()) {
      LOG.log(
          System.Logger.Level.WARNING,
          known
              ? "an MLLP connection was closed: as many as precordia.hl7.max-connections are open"
              : "an MLLP connection was closed: its address is not one of precordia.hl7.addresses");
      socket.close();
      return;
    }
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, options.idle().toMillis()));
    socket.setTcpNoDelay(true);
    MllpConnection connection = new MllpConnection(socket, options, reception);
    connections.add(connection);
    Thread.ofVirtual()
        .name("mllp")
        .start(
            () -> {
              try {
                connection.run();
              } finally {
                connections.remove(connection);
              }
            });
  }

  /** Takes no more, lets the messages in work be answered, and closes every connection. */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      // it is closed for us anyway
    }
    connections.forEach(MllpConnection::close);
  }
}
