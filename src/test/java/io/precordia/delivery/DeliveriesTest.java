package io.precordia.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.DeliveryRow;
import io.precordia.store.DeliveryState;
import io.precordia.store.NewInstance;
import io.precordia.store.Residue;
import io.precordia.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesTest {
  private static final BackOff SHORT = new BackOff(Duration.ofMillis(20), Duration.ofMillis(80));
  @TempDir Path dir;

  /** A peer that answers as the test says. */
  private static final class Peer implements Transport {
    private final Function<OutgoingObject, SendOutcome> answer;
    private final List<OutgoingObject> seen = Collections.synchronizedList(new ArrayList<>());

    Peer(Function<OutgoingObject, SendOutcome> answer) {
      this.answer = answer;
    }

    @Override
    public List<SendOutcome> send(List<OutgoingObject> objects) {
      seen.addAll(objects);
      return objects.stream().map(answer).toList();
    }
  }

  private static Deliveries deliveries(Store store, Transport transport, int attempts) {
    return new Deliveries(
        store.outbox(),
        List.of(new Destination("archive", transport, attempts, SHORT)),
        DeliveryListener.NONE);
  }

  private static DeliveryState state(Deliveries d, String id) {
    return d.get(id).state();
  }

  @Test
  void whatWaitedGoesOnAfterARestartAndItsContentIsDeletedOnceSent() throws Exception {
    String id;
    try (Store store = Store.open(dir.resolve("data"), null)) {
      NewInstance film = KeptStudies.keep(store, "P1", "S1", 1, "A");
      Deliveries d = deliveries(store, new FolderTransport(dir.resolve("out")), 3);
      id =
          d.send(List.of(KeptStudies.delivery(film, "archive", "2.25.7", "an SR")), false)
              .getFirst();
      assertEquals(DeliveryState.WAITING, state(d, id));
    }
    try (Store store = Store.open(dir.resolve("data"), null);
        Deliveries d = deliveries(store, new FolderTransport(dir.resolve("out")), 3)) {
      d.start();
      KeptStudies.await("sent", () -> state(d, id) == DeliveryState.SENT);
      DeliveryRow row = d.get(id);
      assertEquals(1, row.attempts());
      assertTrue(row.sent() != null);
      assertArrayEquals(
          "an SR".getBytes(StandardCharsets.UTF_8),
          Files.readAllBytes(dir.resolve("out").resolve("2.25.7.dcm")));
      KeptStudies.await(
          "content deleted",
          () -> {
            try {
              store.outbox().content(row);
              return false;
            } catch (PrecordiaException e) {
              return e.code() == ErrorCode.NOT_FOUND;
            }
          });
      assertThrows(PrecordiaException.class, () -> d.retry(id));
    }
  }

  @Test
  void transientFailuresAreTriedAgainAndPermanentOnesAreDead() throws Exception {
    try (Store store = Store.open(dir.resolve("data"), null)) {
      NewInstance film = KeptStudies.keep(store, "P1", "S1", 1, "A");
      List<String> calls = Collections.synchronizedList(new ArrayList<>());
      Peer peer =
          new Peer(
              o -> {
                calls.add(o.sopInstance());
                long times = calls.stream().filter(o.sopInstance()::equals).count();
                return switch (o.sopInstance()) {
                  case "2.25.1" ->
                      times < 4
                          ? new SendOutcome.Transient("0xA700 out of resources")
                          : new SendOutcome.Sent();
                  case "2.25.2" -> new SendOutcome.Permanent("0x0124 not authorised");
                  case "2.25.3" -> throw new IllegalStateException("a defect");
                  default -> new SendOutcome.Sent();
                };
              });
      try (Deliveries d = deliveries(store, peer, 5)) {
        d.start();
        String flaky =
            d.send(List.of(KeptStudies.delivery(film, "archive", "2.25.1", "a")), false).getFirst();
        KeptStudies.await("sent at last", () -> state(d, flaky) == DeliveryState.SENT);
        assertEquals(4, d.get(flaky).attempts());
        String refused =
            d.send(List.of(KeptStudies.delivery(film, "archive", "2.25.2", "b")), false).getFirst();
        KeptStudies.await("refused", () -> state(d, refused) == DeliveryState.DEAD);
        assertEquals("0x0124 not authorised", d.get(refused).reason());
        assertEquals(1, d.get(refused).attempts());
        String broken =
            d.send(List.of(KeptStudies.delivery(film, "archive", "2.25.3", "c")), false).getFirst();
        KeptStudies.await("given up", () -> state(d, broken) == DeliveryState.DEAD);
        assertEquals(5, d.get(broken).attempts());
        assertFalse(String.valueOf(d.get(broken).reason()).contains("a defect"));
        d.retry(broken);
        KeptStudies.await("given up again", () -> d.get(broken).attempts() == 5);
        d.discard(refused);
        assertEquals(DeliveryState.DISCARDED, state(d, refused));
        assertThrows(PrecordiaException.class, () -> d.discard(refused));
        assertEquals(
            List.of(refused),
            store.outbox().list(DeliveryState.DISCARDED, "archive", 0, 10).items().stream()
                .map(DeliveryRow::id)
                .toList());
      }
    }
  }

  @Test
  void theSameObjectGoesOnceUnlessItIsAskedForAgain() throws Exception {
    try (Store store = Store.open(dir.resolve("data"), null)) {
      NewInstance film = KeptStudies.keep(store, "P1", "S1", 1, "A");
      Peer peer = new Peer(o -> new SendOutcome.Sent());
      try (Deliveries d = deliveries(store, peer, 5)) {
        d.start();
        var object = List.of(KeptStudies.delivery(film, "archive", "2.25.1", "a"));
        String id = d.send(object, false).getFirst();
        KeptStudies.await("sent", () -> state(d, id) == DeliveryState.SENT);
        assertEquals(List.of(id), d.send(object, false));
        assertEquals(DeliveryState.SENT, state(d, id));
        d.send(object, true);
        KeptStudies.await("sent again", () -> peer.seen.size() == 2);
        assertArrayEquals(peer.seen.get(0).content(), peer.seen.get(1).content());
        PrecordiaException e =
            assertThrows(
                PrecordiaException.class,
                () -> d.send(List.of(KeptStudies.delivery(film, "nowhere", "2.25.1", "a")), false));
        assertEquals(ErrorCode.NOT_FOUND, e.code());
      }
    }
  }

  @Test
  void anErasureTakesWhatWaitsAlong() throws Exception {
    String secret = "Doe^Jane in a report that waits";
    try (Store store = Store.open(dir.resolve("data"), null)) {
      NewInstance film = KeptStudies.keep(store, "P1", "S1", 1, "A");
      Deliveries d = deliveries(store, new FolderTransport(dir.resolve("out")), 3);
      String id =
          d.send(List.of(KeptStudies.delivery(film, "archive", "2.25.9", secret)), false)
              .getFirst();
      Path blob = dir.resolve("data").resolve("blobs").resolve(id.substring(0, 2)).resolve(id);
      assertTrue(Files.exists(blob));
      store.erase(film.subject());
      assertFalse(Files.exists(blob));
      assertTrue(store.outbox().find(id).isEmpty());
      assertTrue(store.completions().find(film.study()).isEmpty());
    }
    assertFalse(
        residue(dir.resolve("data"), secret.getBytes(StandardCharsets.UTF_8)), "left in the clear");
  }

  private static boolean residue(Path folder, byte[] piece) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Residue.contains(Files.readAllBytes(file), piece)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void pausesDoubleUpToTheLongestWithHalfOfThemRandom() {
    BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(10));
    Random random = new Random(3);
    for (int failures = 1; failures < 70; failures++) {
      long full = Math.min(600_000, 5_000L << Math.min(30, failures - 1));
      long pause = backOff.after(failures, random).toMillis();
      assertTrue(pause >= full / 2 && pause <= full, failures + ": " + pause);
    }
  }
}
