package io.precordia.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.aoju.bus.image.metric.Connection;
import org.jspecify.annotations.Nullable;

/** Opens connections to peers, with TLS and bounds of our own. */
final class ScuConnection extends Connection {
  private static final long serialVersionUID = 1L;
  private final transient @Nullable TlsContext tls;
  private final transient DimseLimits limits;
  private final transient DimseEvents events;

  ScuConnection(
      @Nullable TlsContext tls, DimseLimits limits, Duration patience, DimseEvents events) {
    super("scu", "localhost");
    this.tls = tls;
    this.limits = limits;
    this.events = events;
    int millis = (int) patience.toMillis();
    setConnectTimeout(millis);
    setAcceptTimeout(millis);
    setReleaseTimeout((int) limits.request().toMillis());
    setResponseTimeout(millis);
    setRetrieveTimeout(millis);
    setReceivePDULength(limits.pdu());
    setSendPDULength(limits.pdu());
    setMaxOpsInvoked(limits.operations());
    setMaxOpsPerformed(limits.operations());
    setPackPDV(false); // as in DimseServer
  }

  @Override
  public Socket connect(Connection remote) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(remote.getHostname(), remote.getPort()), getConnectTimeout());
      socket.setSoTimeout((int) limits.stall().toMillis());
      Socket secured = socket;
      if (remote.getTlsCipherSuites().length > 0) {
        if (tls == null) {
          throw new IOException("no TLS settings");
        }
        secured = tls.opened(socket, remote.getHostname(), false);
      }
      return new GuardedSocket(secured, null, limits, events, closed -> {});
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }
}
