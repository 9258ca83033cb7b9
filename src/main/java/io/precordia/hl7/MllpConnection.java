package io.precordia.hl7;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One MLLP connection: block by block, each answered before the next is read. */
final class MllpConnection {
  private static final System.Logger LOG = System.getLogger(MllpConnection.class.getName());
  private static final long CLOSE_SECONDS = 5;
  private final Socket socket;
  private final ListenerOptions options;
  private final Reception reception;

  /** Held while a message is in work. */
  private final ReentrantLock answering = new ReentrantLock();

  MllpConnection(Socket socket, ListenerOptions options, Reception reception) {
    this.socket = socket;
    this.options = options;
    this.reception = reception;
  }

  void run() {
    try (socket) {
      MllpReader reader =
          new MllpReader(socket.getInputStream(), options.maxMessage(), options.messageTime());
      OutputStream out = socket.getOutputStream();
      while (true) {
        MllpReader.@Nullable Block block = reader.next();
        if (block == null) {
          return;
        }
        answering.lock();
        try {
          for (byte[] answer : reception.answer(block.data(), block.tooLarge())) {
            out.write(framed(answer));
          }
          out.flush();
        } finally {
          answering.unlock();
        }
      }
    } catch (SocketTimeoutException e) {
      LOG.log(System.Logger.Level.DEBUG, "an MLLP connection was closed: nothing came in time");
    } catch (EOFException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "an MLLP connection ended within a block; nothing of that block was taken");
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "an MLLP connection broke: {0}", e.getClass().getSimpleName());
    } catch (RuntimeException | Error e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "an MLLP connection met an unexpected {0} and was closed",
          e.getClass().getSimpleName());
    }
  }

  static byte[] framed(byte[] message) {
    byte[] out = new byte[message.length + 3];
    out[0] = MllpReader.START;
    System.arraycopy(message, 0, out, 1, message.length);
    out[out.length - 2] = MllpReader.END;
    out[out.length - 1] = '\r';
    return out;
  }

  /** Closes, after the answer to a message in work. */
  void close() {
    boolean locked = false;
    try {
      locked = answering.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS);
      socket.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // it is closed for us anyway
    } finally {
      if (locked) {
        answering.unlock();
      }
    }
  }
}
