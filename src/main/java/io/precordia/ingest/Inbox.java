package io.precordia.ingest;

import io.precordia.store.DataKey;
import io.precordia.store.DurableFiles;
import io.precordia.store.GroupSync;
import io.precordia.store.SealedInput;
import io.precordia.study.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Submissions accepted and not yet processed, one sealed file each: {@code SEQUENCE-ID-CRASHES},
 * with an {@code s} behind it if it was spooled (sealed in segments while it came). The last number
 * counts how often the program ended while it worked on the entry, so that one that kills it is not
 * tried for ever. Thread-safe for different entries.
 */
final class Inbox {
  private static final String WORKING = "working";
  private static final byte[] SPOOLED = "inbox-spool".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern NAME =
      Pattern.compile("([0-7][0-9a-f]{15})-([0-9a-f]{32})-([0-9]{1,4})(s?)");
  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());
  private final Path directory;
  private final DataKey key;
  private final SubmissionCodec codec = new SubmissionCodec();
  private final SpoolTrailer trailer = new SpoolTrailer(codec);
  private final GroupSync names;

  Inbox(Path directory, DataKey key) {
    this.directory = directory;
    this.names = new GroupSync(directory);
    this.key = key;
    try {
      DurableFiles.directory(directory);
    } catch (IOException e) {
      throw DurableFiles.failure("the inbox cannot be made", e);
    }
  }

  /**
   * One waiting submission.
   *
   * @param bytes size of its file
   * @param spooled whether its file is sealed in segments
   * @param crashes 0, or 1 if the program ended while it was in work, and once more for each time
   *     it was alone in work then
   */
  record Entry(long sequence, String id, long bytes, int crashes, boolean spooled) {
    String file() {
      return "%016x-%s-%d%s".formatted(sequence, id, crashes, spooled ? "s" : "");
    }
  }

  /** Writes durably. */
  Entry write(long sequence, String id, Submission submission) {
    byte[] sealed = key.seal(codec.encode(submission), context(id));
    Entry entry = new Entry(sequence, id, sealed.length, 0, false);
    try {
      DurableFiles.write(directory.resolve(entry.file()), sealed);
      return entry;
    } catch (IOException e) {
      throw DurableFiles.failure("the submission cannot be kept", e);
    }
  }

  /** Where the bytes of a file go while they come. */
  InboxSpool spool() {
    try {
      return new InboxSpool(directory, key, SPOOLED);
    } catch (IOException e) {
      throw DurableFiles.failure("the submission cannot be kept", e);
    }
  }

  /** Makes a spooled file an entry, durably. */
  Entry keep(InboxSpool spool, long sequence, String id, String name, Identity identity) {
    Entry entry = new Entry(sequence, id, 0, 0, true);
    try {
      byte[] end = trailer.encode(name, identity);
      spool.write(end, 0, end.length);
      long size = spool.keep(directory.resolve(entry.file()));
      names.sync();
      return new Entry(sequence, id, size, 0, true);
    } catch (IOException e) {
      throw DurableFiles.failure("the submission cannot be kept", e);
    }
  }

  Submission read(Entry entry) {
    try {
      if (entry.spooled()) {
        return trailer.decode(SealedInput.readAll(directory.resolve(entry.file()), key, SPOOLED));
      }
      return codec.decode(
          key.open(Files.readAllBytes(directory.resolve(entry.file())), context(entry.id())));
    } catch (IOException e) {
      throw DurableFiles.failure("a waiting submission cannot be read", e);
    }
  }

  /**
   * Forgets an entry. Should the deletion not survive a crash, the entry is found again and seen to
   * be processed.
   */
  void remove(Entry entry) {
    try {
      Files.deleteIfExists(directory.resolve(entry.file()));
    } catch (IOException e) {
      throw DurableFiles.failure("a processed submission cannot be removed from the inbox", e);
    }
  }

  /** Notes which entries are in work; only a crash of the program leaves the note behind. */
  void working(List<Entry> entries) {
    try {
      if (entries.isEmpty()) {
        Files.deleteIfExists(directory.resolve(WORKING));
      } else {
        Files.write(
            directory.resolve(WORKING),
            entries.stream().map(Entry::id).toList(),
            StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      throw DurableFiles.failure("the inbox cannot be written", e);
    }
  }

  /**
   * What a former run left, in the order of acceptance. Clears leftovers of writes that were never
   * acknowledged.
   */
  List<Entry> recover() {
    try {
      List<String> crashed =
          Files.exists(directory.resolve(WORKING))
              ? Files.readAllLines(directory.resolve(WORKING), StandardCharsets.US_ASCII)
              : List.of();
      List<Path> files = new ArrayList<>();
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
        found.forEach(
            files::add); // all of them before any is renamed: a renamed file may be met a second
        // time
      }
      List<Entry> entries = new ArrayList<>();
      for (Path file : files) {
        if (DurableFiles.isTemporary(file)) {
          Files.delete(file);
        } else if (!file.getFileName().toString().equals(WORKING)) {
          recover(file, crashed).ifPresent(entries::add);
        }
      }
      Files.deleteIfExists(directory.resolve(WORKING));
      entries.sort(Comparator.comparingLong(Entry::sequence));
      return entries;
    } catch (IOException e) {
      throw DurableFiles.failure("the inbox cannot be read", e);
    }
  }

  // A file that is none of ours is left alone: it may be somebody's copy, and it must not keep the
  // service from starting.
  private static Optional<Entry> recover(Path file, List<String> crashed) throws IOException {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the inbox holds a file that is not one of its entries; it is ignored");
      return Optional.empty();
    }
    Entry entry =
        new Entry(
            Long.parseLong(name.group(1), 16),
            name.group(2),
            Files.size(file),
            Integer.parseInt(name.group(3)),
            !name.group(4).isEmpty());
    if (!crashed.contains(entry.id())) {
      return Optional.of(entry);
    }
    // Within a batch each is only a suspect; alone, it counts again.
    int crashes = crashed.size() == 1 ? entry.crashes() + 1 : Math.max(1, entry.crashes());
    Entry again = new Entry(entry.sequence(), entry.id(), entry.bytes(), crashes, entry.spooled());
    if (!again.equals(entry)) {
      Files.move(file, file.resolveSibling(again.file()));
    }
    return Optional.of(again);
  }

  private static byte[] context(String id) {
    return ("inbox/" + id).getBytes(StandardCharsets.UTF_8);
  }
}
