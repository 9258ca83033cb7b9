package io.precordia.ingest;

import io.precordia.store.DataKey;
import io.precordia.store.DurableFiles;
import io.precordia.store.SealedOutput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry of the inbox under a temporary name while its bytes come. Used by one thread. */
final class InboxSpool implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InboxSpool.class.getName());
  private final Path temporary;
  private final FileChannel channel;
  private final SealedOutput out;
  private @Nullable Path kept;

  InboxSpool(Path directory, DataKey key, byte[] context) throws IOException {
    this.temporary = DurableFiles.temporary(directory, UUID.randomUUID().toString());
    this.channel = DurableFiles.create(temporary);
    try {
      this.out = new SealedOutput(channel, key, context);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /**
   * Seals the end, makes the bytes durable and gives them their name; the caller makes the name
   * durable. Returns the file's size.
   */
  long keep(Path file) throws IOException {
    out.finish();
    channel.force(false);
    long size = channel.size();
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    kept = file;
    return size;
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (kept == null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // the next start clears it
      LOG.log(System.Logger.Level.WARNING, "a file that was not wholly received stays for now");
    }
  }
}
