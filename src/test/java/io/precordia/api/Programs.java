package io.precordia.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of another maker that runs beside a test and ends with it. */
final class Programs implements AutoCloseable {
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
    long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
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

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
