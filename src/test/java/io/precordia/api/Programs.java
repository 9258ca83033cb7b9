package io.precordia.api;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of another maker that runs beside a test and ends with it. */
public final class Programs implements AutoCloseable {
  private static final int LOWEST_PORT = 20_000;
  private static final int PORTS = 12_000;

  /** Processes beside each other begin at different ones. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger((int) (ProcessHandle.current().pid() % 1_000 * 12));

  private final Process process;

  private Programs(Process process) {
    this.process = process;
  }

  /** Starts it and waits until it listens. */
  static Programs start(Path log, int port, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Programs program = new Programs(process);
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > until) {
        program.close();
        throw new AssertionError(command[0] + " did not start; see " + log);
      }
      Thread.sleep(50);
    }
    return program;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A port that nobody listens on. It lies below those that systems give to whoever does not ask
   * for a certain one, and is given once in this process: so nobody takes it before it is used.
   */
  public static int freePort() throws IOException {
    while (true) {
      int port = LOWEST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress("127.0.0.1", port));
        return port;
      } catch (BindException e) {
        // somebody has it
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
