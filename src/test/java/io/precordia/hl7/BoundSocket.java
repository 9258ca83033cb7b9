package io.precordia.hl7;

import ca.uhn.hl7v2.util.StandardSocketFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;

/**
 * Gives a HAPI server a socket that has its port already: a free port that is only looked up can be
 * taken by somebody else before the server listens.
 */
final class BoundSocket extends StandardSocketFactory {
  private final Taken socket;

  BoundSocket() throws IOException {
    socket = new Taken();
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public ServerSocket createServerSocket() {
    return socket;
  }

  private static final class Taken extends ServerSocket {
    Taken() throws IOException {
      super.bind(new InetSocketAddress(0), 50);
    }

    @Override
    public void bind(SocketAddress same) {
      // it is bound
    }

    @Override
    public void bind(SocketAddress same, int backlog) {
      // it is bound
    }
  }
}
