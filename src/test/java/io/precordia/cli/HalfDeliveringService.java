package io.precordia.cli;

import io.precordia.TestFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service whose results go into a folder, and to an archive where nobody listens. */
public final class HalfDeliveringService implements QuarkusTestResourceLifecycleManager {
  /** Takes a port, so that nobody else can get it, and does not listen. */
  private final Socket lost = new Socket();

  private Path root = Path.of("unset");

  @Override
  public Map<String, String> start() {
    try {
      lost.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      root = Files.createTempDirectory("precordia-half");
      return Map.ofEntries(
          Map.entry("precordia.data", root.resolve("store").toString()),
          Map.entry(
              "precordia.model", Path.of("models", "precordia-more").toAbsolutePath().toString()),
          Map.entry("precordia.completion.quiet", "1S"),
          Map.entry("precordia.destinations.drop.kind", "folder"),
          Map.entry("precordia.destinations.drop.folder", root.resolve("out").toString()),
          Map.entry("precordia.dimse.peers.lost.ae-title", "LOST"),
          Map.entry("precordia.dimse.peers.lost.host", "127.0.0.1"),
          Map.entry("precordia.dimse.peers.lost.port", String.valueOf(lost.getLocalPort())),
          Map.entry("precordia.destinations.lost.kind", "dimse"),
          Map.entry("precordia.destinations.lost.peer", "lost"),
          Map.entry("precordia.destinations.lost.attempts", "1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After the resource that every Quarkus test has and which names another model. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    try {
      lost.close();
      TestFolders.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
