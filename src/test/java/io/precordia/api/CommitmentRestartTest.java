package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.dicom.net.Archive;
import io.precordia.dicom.net.CommitmentJournal;
import io.precordia.dicom.net.CommitmentListener;
import io.precordia.dicom.net.CommitmentRequest;
import io.precordia.dicom.net.CommitmentResult;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.DimseServer;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectSink;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.TestObjects;
import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryPage;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage commitment that we ask for, of an archive that answers when it likes. */
final class CommitmentRestartTest {
  @TempDir Path dir;

  /** Takes objects, counts them, and commits to them as soon as it may. */
  private static final class SlowArchive implements Archive, ObjectSink, CommitmentJournal {
    final AtomicInteger stored = new AtomicInteger();
    volatile boolean commits;

    @Override
    public boolean holds(ObjectUids object) {
      if (!commits) {
        throw new PrecordiaException(ErrorCode.NOT_READY, "not yet"); // it tries again by itself
      }
      return true;
    }

    @Override
    public Incoming begin() {
      return new Incoming() {
        @Override
        public void write(byte[] bytes, int offset, int length) {
          // only counted
        }

        @Override
        public boolean commit(ObjectUids object) {
          stored.incrementAndGet();
          return true;
        }

        @Override
        public void close() {
          // nothing is held
        }
      };
    }

    @Override
    public QueryPage query(DicomQuery query) {
      throw new IllegalStateException("nobody asks");
    }

    @Override
    public List<Entry> find(QueryLevel level, List<String> uids) {
      return List.of();
    }

    @Override
    public byte[] file(Entry entry) {
      throw new IllegalStateException("nobody asks");
    }

    @Override
    public void put(CommitmentRequest request) {
      // it lives as long as the test
    }

    @Override
    public void remove(CommitmentRequest request) {
      // nothing is kept
    }

    @Override
    public List<CommitmentRequest> open() {
      return List.of();
    }
  }

  private static final CommitmentListener NOBODY =
      new CommitmentListener() {
        @Override
        public void keep(CommitmentResult result) {
          throw new IllegalStateException("nothing was asked");
        }

        @Override
        public void announce(CommitmentResult result) {
          throw new IllegalStateException("nothing was asked");
        }
      };

  private static DimseServer serve(SlowArchive archive, Requestor requestor, int back) {
    return new DimseServer(
        new DimseSettings(
            "ARCHIVE", "127.0.0.1", 0, List.of(), List.of(), null, DimseLimits.DEFAULT),
        new DimseServer.Inside(
            archive,
            archive,
            archive,
            requestor,
            title -> Optional.of(new PeerAddress(title, "127.0.0.1", back, false)),
            NOBODY),
        DimseEvents.NONE);
  }

  private static DimseService here(Path data, int port) {
    return new DimseService(data, DimseService.at(port));
  }

  private static SendOutcome send(DimseService here, DimseServer archive, Duration within) {
    FileToSend file = TestObjects.file(TestObjects.CR, TestObjects.EXPLICIT, 1, 2_000);
    return new DimseTransport(
            here.network.store(),
            here.network.commitment(),
            new PeerAddress("ARCHIVE", "127.0.0.1", archive.port(), false),
            true,
            within)
        .send(
            List.of(
                new OutgoingObject(
                    "1",
                    OutgoingObject.DICOM,
                    file.object().sopClass(),
                    file.object().sopInstance(),
                    file.transferSyntax(),
                    file.file())))
        .getFirst();
  }

  @Test
  void anAnswerAfterARestartCountsAndNothingIsSentTwice() throws Exception {
    int port = Programs.freePort();
    Path data = dir.resolve("data");
    SlowArchive archive = new SlowArchive();
    try (Requestor requestor =
            new Requestor(
                "ARCHIVE",
                null,
                DimseLimits.DEFAULT,
                Duration.ofSeconds(5),
                archive,
                DimseEvents.NONE);
        DimseServer server = serve(archive, requestor, port)) {
      try (DimseService here = here(data, port)) {
        assertInstanceOf(SendOutcome.Pending.class, send(here, server, Duration.ofMinutes(5)));
        assertInstanceOf(SendOutcome.Pending.class, send(here, server, Duration.ofMinutes(5)));
        assertEquals(1, archive.stored.get(), "what is outstanding is not sent again");
      }
      archive.commits = true;
      try (DimseService here = here(data, port)) {
        SendOutcome outcome = send(here, server, Duration.ofMinutes(5));
        long until = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (outcome instanceof SendOutcome.Pending && System.nanoTime() < until) {
          Thread.sleep(100);
          outcome = send(here, server, Duration.ofMinutes(5));
        }
        assertEquals(new SendOutcome.Sent(), outcome);
        assertEquals(1, archive.stored.get());
      }
    }
    try (Stream<Path> notes = Files.list(data.resolve("commitments-asked"))) {
      assertEquals(List.of(), notes.toList(), "what is settled leaves nothing");
    }
  }

  @Test
  void anOverdueAnswerIsAFailureThatIsSeenAndTheObjectIsSentAnew() throws Exception {
    int port = Programs.freePort();
    SlowArchive archive = new SlowArchive();
    try (Requestor requestor =
            new Requestor(
                "ARCHIVE",
                null,
                DimseLimits.DEFAULT,
                Duration.ofSeconds(5),
                archive,
                DimseEvents.NONE);
        DimseServer server = serve(archive, requestor, port);
        DimseService here = here(dir.resolve("data"), port)) {
      SendOutcome late = send(here, server, Duration.ofSeconds(1));
      assertEquals(
          new SendOutcome.Transient("stored, but its commitment was not answered in time"), late);
      archive.commits = true;
      SendOutcome again = send(here, server, Duration.ofMinutes(5));
      assertTrue(
          again instanceof SendOutcome.Sent || again instanceof SendOutcome.Pending,
          again.toString());
      assertEquals(2, archive.stored.get());
    }
  }
}
