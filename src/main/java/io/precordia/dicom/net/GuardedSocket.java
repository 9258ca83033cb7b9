package io.precordia.dicom.net;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An accepted connection with its bounds, as the toolkit sees it. */
final class GuardedSocket extends Socket {
  private static final int BUFFER = 64 << 10;
  private final Socket socket;
  private final @Nullable String certificate;
  private final PduGuard in;
  private final OutputStream out;
  private final Consumer<GuardedSocket> onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long writingSince;

  /**
   * @param certificate SHA-256 of what the peer presented
   */
  GuardedSocket(
      Socket socket,
      @Nullable String certificate,
      DimseLimits limits,
      DimseEvents events,
      Consumer<GuardedSocket> onClose)
      throws IOException {
    this.socket = socket;
    this.certificate = certificate;
    this.onClose = onClose;
    this.in =
        new PduGuard(
            new BufferedInputStream(socket.getInputStream(), BUFFER),
            limits.pdu(),
            limits.stall().toNanos(),
            () -> events.refused(Refusal.TIMEOUT));
    this.out = new Watched(socket.getOutputStream());
  }

  /** SHA-256 of the peer's certificate in hex; null without one. */
  @Nullable String certificate() {
    return certificate;
  }

  PduGuard guard() {
    return in;
  }

  /** Whether a write has been waiting for the peer longer than this. */
  boolean stalled(long nanos) {
    long since = writingSince;
    return since != 0 && System.nanoTime() - since > nanos;
  }

  private final class Watched extends FilterOutputStream {
    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      writingSince = System.nanoTime() | 1;
      try {
        out.write(b, off, len);
      } finally {
        writingSince = 0;
      }
    }
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return socket.getLocalSocketAddress();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try {
        socket.close();
      } finally {
        onClose.accept(this);
      }
    }
  }

  @Override
  public String toString() {
    return "connection";
  }
}
