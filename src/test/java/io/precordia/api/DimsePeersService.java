package io.precordia.api;

import io.precordia.TestFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as a site configures it: DCMTK's dcmqrscp is the archive that priors come from, by
 * C-GET and by C-MOVE, and that results go to by C-STORE.
 */
public final class DimsePeersService implements QuarkusTestResourceLifecycleManager {
  private static final String ARCHIVE = "dimse.test.archive";
  private static final String OWN = "dimse.test.own";
  private Path root = Path.of("unset");
  private @Nullable Programs archive;

  /** Port of the archive; the test is skipped where it is not installed. */
  static int archivePort() {
    Peers.need("dcmqrscp", "dcmtk");
    return Integer.getInteger(ARCHIVE);
  }

  /** Port of our own DICOM door. */
  static int ownPort() {
    return Integer.getInteger(OWN);
  }

  @Override
  public Map<String, String> start() {
    try {
      root = Files.createTempDirectory("precordia-dimse");
      int own = Programs.freePort();
      int port = Programs.freePort();
      if (Files.isExecutable(Path.of("/usr/bin/dcmqrscp"))) {
        archive = Dcmqrscp.start(root, port, own);
      }
      System.setProperty(ARCHIVE, "" + port);
      System.setProperty(OWN, "" + own);
      Map<String, String> keys = new HashMap<>();
      keys.put("precordia.data", root.resolve("store").toString());
      keys.put("precordia.model", Path.of("models", "precordia-more").toAbsolutePath().toString());
      keys.put("precordia.dimse.port", "" + own);
      keys.put("precordia.completion.quiet", "1S");
      for (String peer : new String[] {"archive", "mover", "gone"}) {
        String at = "precordia.dimse.peers." + peer;
        keys.put(at + ".ae-title", "ARCHIVE");
        keys.put(at + ".host", "127.0.0.1");
        keys.put(at + ".port", "" + (peer.equals("gone") ? Programs.freePort() : port));
      }
      keys.put("precordia.dimse.peers.mover.retrieve", "move");
      keys.put("precordia.destinations.pacs.kind", "dimse");
      keys.put("precordia.destinations.pacs.peer", "archive");
      keys.put("precordia.destinations.pacs.results", "sr,sc,gsps,ecg-sr");
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
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
      if (archive != null) {
        archive.close();
      }
      TestFolders.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
