package io.precordia.hl7;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connected socket that sends and receives MLLP blocks. Used by one thread. */
public final class MllpStream implements AutoCloseable {
  private final Socket socket;
  private final MllpReader reader;

  /**
   * @param maxBytes largest block that is received
   * @param blockTime longest time for one block
   */
  public MllpStream(Socket socket, int maxBytes, Duration blockTime) throws IOException {
    this.socket = socket;
    this.reader = new MllpReader(socket.getInputStream(), maxBytes, blockTime);
  }

  /** Sends a message as one block. */
  public void write(byte[] message) throws IOException {
    socket.getOutputStream().write(MllpConnection.framed(message));
    socket.getOutputStream().flush();
  }

  /**
   * The next block; null at the end of the stream.
   *
   * @throws IOException also if it is too large or does not come in time
   */
  public byte @Nullable [] read() throws IOException {
    MllpReader.Block block = reader.next();
    if (block != null && block.tooLarge()) {
      throw new IOException("the block is too large");
    }
    return block == null ? null : block.data();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed for us anyway
    }
  }
}
