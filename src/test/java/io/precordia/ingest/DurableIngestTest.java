package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.report.ReportSections;
import io.precordia.store.Embedded;
import io.precordia.store.InstanceStatus;
import io.precordia.store.Store;
import io.precordia.study.Decoded;
import io.precordia.study.Identity;
import io.precordia.workspace.TestEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableIngestTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path dir;
  private Store store;
  private final List<String> indexed = new ArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean over;
  private final AtomicInteger decodes = new AtomicInteger();

  private final Searchable index =
      new Searchable() {
        @Override
        public synchronized void add(List<Embedded> instances) {
          instances.forEach(e -> indexed.add(e.record().id()));
        }

        @Override
        public void moved(String subject) {
          // nothing here is joined
        }

        @Override
        public synchronized void remove(List<String> instances) {
          indexed.removeAll(instances);
        }
      };

  @BeforeEach
  void open() {
    store = Store.open(dir, null);
  }

  @AfterEach
  void close() {
    over = true;
    store.close();
  }

  /** A decoder that does what the text says. */
  private Decoded decode(Submission submission) {
    decodes.incrementAndGet();
    String text = new String(submission.parts().getFirst().bytes(), StandardCharsets.UTF_8);
    String object = null;
    switch (text.split(" ")[0]) {
      case "throw" -> throw new IllegalStateException("secret " + text);
      case "overflow" -> throw new StackOverflowError();
      case "memory" -> throw new OutOfMemoryError("secret");
      case "object" -> object = text.split(" ")[1];
      case "wait" -> await(gate);
      case "hang" -> {
        while (!over) { // deaf to interrupts, but not a load on the tests after this one
          Thread.onSpinWait();
        }
      }
      default -> {}
    }
    return new Decoded(
        "text",
        new Identity(null, null, object, null, null, null, null, List.of()),
        ReportSections.split(text),
        List.of());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Submission text(String text) {
    return new Submission(
        List.of(new Part("t.txt", text.getBytes(StandardCharsets.UTF_8))), Identity.UNKNOWN);
  }

  private DurableIngest ingest(IngestLimits limits, Duration decodeTime, Encoder encoder) {
    return new DurableIngest(
        store,
        this::decode,
        EncoderSource.of(encoder),
        index,
        new IngestOptions(limits, 8, 2, decodeTime));
  }

  private DurableIngest ingest() {
    return ingest(IngestLimits.DEFAULT, SOON, new TestEncoder());
  }

  private static List<ErrorCode> codes(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(o -> o.flags().isEmpty() ? null : o.flags().getFirst().code())
        .toList();
  }

  @Test
  void whateverADecoderDoesBecomesAFlagOfThatFileOnly() {
    try (DurableIngest ingest =
        ingest(IngestLimits.DEFAULT, Duration.ofSeconds(4), new TestEncoder())) {
      List<String> ids =
          Stream.of(
                  "one good text",
                  "throw up",
                  "overflow x",
                  "memory x",
                  "hang on",
                  "another good text")
              .map(t -> ingest.accept(text(t)))
              .toList();
      List<Outcome> outcomes = ingest.await(ids, SOON);
      assertEquals(
          java.util.Arrays.asList(
              null,
              ErrorCode.INTERNAL,
              ErrorCode.INTERNAL,
              ErrorCode.DECOMPRESSION_LIMIT,
              ErrorCode.INTERNAL,
              null),
          codes(outcomes));
      assertFalse(outcomes.toString().contains("secret"));
      assertEquals(2, indexed.size());
      assertEquals(4, store.records().count(InstanceStatus.FLAGGED));
      assertEquals(0, ingest.pending());
    }
  }

  @Test
  void whatTheEncoderFailsOnIsFlaggedAndTheOthersAreEmbedded() {
    Encoder moody = new MoodyEncoder("poison");
    try (DurableIngest ingest = ingest(IngestLimits.DEFAULT, SOON, moody)) {
      List<String> ids =
          Stream.of("fine words", "poison words", "more fine words")
              .map(t -> ingest.accept(text(t)))
              .toList();
      assertEquals(
          java.util.Arrays.asList(null, ErrorCode.INTERNAL, null), codes(ingest.await(ids, SOON)));
      assertEquals(List.of(ids.get(0), ids.get(2)), indexed);
    }
  }

  @Test
  void aFullQueueRefusesAndKeepsNothing() {
    try (DurableIngest ingest =
        ingest(new IngestLimits(1000, 3, 10_000, 0), SOON, new TestEncoder())) {
      List<String> ids =
          Stream.of("wait a", "wait b", "wait c").map(t -> ingest.accept(text(t))).toList();
      Submission fourth = text("the fourth one");
      assertEquals(
          ErrorCode.BUSY,
          assertThrows(PrecordiaException.class, () -> ingest.receive(fourth)).code());
      assertEquals(
          ErrorCode.BUSY, assertThrows(PrecordiaException.class, () -> ingest.admit(1)).code());
      assertTrue(ingest.receive(text("wait a")).duplicate());
      gate.countDown();
      ingest.await(ids, SOON);
      assertFalse(ingest.receive(fourth).duplicate());
    }
  }

  @Test
  void tooLargeAndFullDisksAreRefusedBeforeAnythingIsKept() throws IOException {
    try (DurableIngest ingest =
        ingest(new IngestLimits(10, 3, 10_000, 0), SOON, new TestEncoder())) {
      assertEquals(
          ErrorCode.TOO_LARGE,
          assertThrows(PrecordiaException.class, () -> ingest.receive(text("more than ten bytes")))
              .code());
      assertEquals(
          ErrorCode.TOO_LARGE,
          assertThrows(PrecordiaException.class, () -> ingest.admit(11)).code());
    }
    try (DurableIngest ingest =
        ingest(new IngestLimits(1000, 3, 10_000, Long.MAX_VALUE), SOON, new TestEncoder())) {
      assertEquals(
          ErrorCode.STORAGE_FULL,
          assertThrows(PrecordiaException.class, () -> ingest.receive(text("no room"))).code());
      assertEquals(0, ingest.pending());
    }
    try (Stream<Path> files = Files.list(dir.resolve("inbox"))) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void whatWaitsAtTheEndIsResumed() {
    List<String> ids = new ArrayList<>();
    DurableIngest first = ingest();
    ids.add(first.accept(text("wait here")));
    for (int i = 0; i < 20; i++) {
      ids.add(first.accept(text("text number " + i)));
    }
    Thread closing = Thread.ofPlatform().start(first::close);
    // closing waits for the batch in work, and no other is begun
    while (!refuses(first) || closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    gate.countDown();
    assertTrue(join(closing));
    assertTrue(first.pending() > 0, "everything was done before the end");
    try (DurableIngest second = ingest()) {
      assertTrue(
          second.await(ids, SOON).stream().allMatch(o -> o.status() == Outcome.Status.STORED));
      assertEquals(21, store.records().count(InstanceStatus.STORED));
      assertEquals(21, indexed.size());
    }
  }

  private static boolean refuses(Ingest ingest) {
    try {
      ingest.admit(1);
      return false;
    } catch (PrecordiaException e) {
      return e.code() == ErrorCode.NOT_READY;
    }
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(SOON);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void anEntryThatEndedTheProgramAgainAndAgainIsPutAside() throws IOException {
    Inbox inbox = new Inbox(dir.resolve("inbox"), store.inboxKey());
    String id =
        store.ids().instance(List.of("killer text".getBytes(StandardCharsets.UTF_8)), null, null);
    inbox.write(1, id, text("killer text"));
    for (int crash = 0; crash < 5; crash++) {
      inbox.working(inbox.recover());
    }
    try (DurableIngest ingest = ingest()) {
      assertEquals(List.of(ErrorCode.INTERNAL), codes(ingest.await(List.of(id), SOON)));
      assertEquals(0, decodes.get());
    }
    try (Stream<Path> files = Files.list(dir.resolve("inbox"))) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void everyEntryIsRecoveredOnceHoweverManyWereInWork() {
    Inbox inbox = new Inbox(dir.resolve("inbox"), store.inboxKey());
    for (int i = 0; i < 300; i++) {
      inbox.write(i, store.ids().object("" + i), text("text " + i));
    }
    for (int crash = 1; crash <= 3; crash++) {
      inbox.working(inbox.recover());
      List<Inbox.Entry> entries = inbox.recover();
      assertEquals(300, entries.size());
      assertTrue(
          entries.stream().allMatch(e -> e.crashes() == 1), "suspects of a batch, not culprits");
      entries.forEach(inbox::read);
    }
  }

  @Test
  void aDamagedEntryIsFlaggedAndAStrangeFileLeftAlone() throws IOException {
    Inbox inbox = new Inbox(dir.resolve("inbox"), store.inboxKey());
    String id = "0123456789abcdef0123456789abcdef";
    Inbox.Entry entry = inbox.write(1, id, text("some text"));
    Files.write(dir.resolve("inbox").resolve(entry.file()), new byte[100]);
    Files.write(dir.resolve("inbox").resolve("notes.txt"), new byte[1]);
    Files.write(dir.resolve("inbox").resolve(entry.file() + ".tmp"), new byte[1]);
    try (DurableIngest ingest = ingest()) {
      assertEquals(List.of(ErrorCode.CORRUPT_STORE), codes(ingest.await(List.of(id), SOON)));
    }
    try (Stream<Path> files = Files.list(dir.resolve("inbox"))) {
      assertEquals(List.of("notes.txt"), files.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void sendersOfTheSameContentAtTheSameTimeAreOneInstance() throws Exception {
    try (DurableIngest ingest = ingest();
        ExecutorService senders = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 20; round++) {
        Submission same = text("round number " + round);
        List<Callable<Receipt>> calls =
            IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Receipt>) () -> ingest.receive(same))
                .toList();
        int fresh = 0;
        for (Future<Receipt> receipt : senders.invokeAll(calls)) {
          fresh += receipt.get().duplicate() ? 0 : 1;
        }
        assertEquals(1, fresh);
      }
      assertTrue(ingest.drain(SOON));
      assertEquals(20, store.records().count(InstanceStatus.STORED));
      assertEquals(20, indexed.size());
    }
  }

  @Test
  void theSameObjectIdentifierWithOtherContentIsKeptButNotIndexedTwice() {
    try (DurableIngest ingest = ingest()) {
      String first = ingest.accept(text("object 1.2.3 first"));
      ingest.await(List.of(first), SOON);
      String second = ingest.accept(text("object 1.2.3 second"));
      Outcome outcome = ingest.await(List.of(second), SOON).getFirst();
      assertEquals(Outcome.Status.FLAGGED, outcome.status());
      assertEquals(ErrorCode.CONFLICT, outcome.flags().getFirst().code());
      assertEquals(List.of(first), indexed);
    }
  }

  @Test
  void anIdThatWasNeverAcceptedIsNotFound() {
    try (DurableIngest ingest = ingest()) {
      List<String> unknown = List.of("0".repeat(32));
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(PrecordiaException.class, () -> ingest.await(unknown, SOON)).code());
    }
  }
}
