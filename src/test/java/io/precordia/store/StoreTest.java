package io.precordia.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final String MODEL = "a".repeat(64);
  @TempDir Path dir;

  private static NewInstance instance(Store store, int i, String patient, List<float[]> vectors) {
    String subject = store.ids().subject(patient);
    Identity identity = new Identity(patient, "S", "1.2." + i, null, null, null, null, List.of());
    boolean stored = !vectors.isEmpty();
    return new NewInstance(
        store.ids().instance(List.of(new byte[] {(byte) i, (byte) (i >> 8)}), null, null),
        store.ids().study(subject, "S"),
        subject,
        stored ? InstanceStatus.STORED : InstanceStatus.FLAGGED,
        Modality.ECG,
        "wfdb",
        identity,
        null,
        stored ? List.of() : List.of(new Flag(ErrorCode.TRUNCATED, "cut")),
        List.of("a.hea", "a.dat"),
        7,
        vectors,
        stored ? MODEL : null);
  }

  private static List<float[]> windows(int count) {
    return IntStream.range(0, count).mapToObj(w -> new float[] {w, -w, 0.5f}).toList();
  }

  private static byte[] content(String id) {
    return ("content of " + id).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void rowsVectorsAndContentComeBackAfterReopening() {
    String id;
    try (Store store = Store.open(dir, null)) {
      NewInstance long12 = instance(store, 1, "P1", windows(300)); // several rows of windows
      id = long12.id();
      assertEquals(List.of(id), store.keep(List.of(long12), StoreTest::content));
      assertEquals(List.of(), store.keep(List.of(long12), StoreTest::content));
    }
    try (Store store = Store.open(dir, null)) {
      List<Embedded> all = new ArrayList<>();
      store.records().forEachStored(MODEL, all::add);
      assertEquals(1, all.size());
      assertEquals(300, all.getFirst().vectors().size());
      assertArrayEquals(new float[] {299, -299, 0.5f}, all.getFirst().vectors().get(299));
      InstanceRecord record = store.records().instance(id).orElseThrow();
      assertEquals(300, record.windows());
      assertEquals(List.of("a.hea", "a.dat"), record.partNames());
      assertArrayEquals(content(id), store.content(record));
      assertEquals(Optional.of(id), store.records().storedObject("1.2.1"));

      List<Embedded> other = new ArrayList<>();
      store.records().forEachStored("b".repeat(64), other::add);
      assertTrue(other.getFirst().vectors().isEmpty());
    }
  }

  @Test
  void listingsComeInPages() {
    try (Store store = Store.open(dir, null)) {
      List<NewInstance> many =
          IntStream.range(0, 25)
              .mapToObj(i -> instance(store, i, "P" + i % 3, i % 5 == 0 ? List.of() : windows(1)))
              .toList();
      store.keep(many, StoreTest::content);
      List<String> seen = new ArrayList<>();
      Page<InstanceRecord> page = store.records().list(null, 0, 10);
      seen.addAll(page.items().stream().map(InstanceRecord::id).toList());
      while (page.next() != null) {
        page = store.records().list(null, page.next(), 10);
        seen.addAll(page.items().stream().map(InstanceRecord::id).toList());
      }
      assertEquals(many.stream().map(NewInstance::id).toList(), seen);
      assertEquals(5, store.records().list(InstanceStatus.FLAGGED, 0, 1000).items().size());
      assertEquals(20, store.records().count(InstanceStatus.STORED));
      assertEquals(3, store.records().studies());
    }
  }

  @Test
  void aBlobDoesNotOpenDamagedOrUnderAnotherName() throws IOException {
    try (Store store = Store.open(dir, null)) {
      NewInstance a = instance(store, 1, "P1", windows(1));
      NewInstance b = instance(store, 2, "P1", windows(1));
      store.keep(List.of(a, b), StoreTest::content);
      Files.copy(blob(a.id()), blob(b.id()), StandardCopyOption.REPLACE_EXISTING);
      assertCorrupt(store, b.id());
      byte[] bytes = Files.readAllBytes(blob(a.id()));
      bytes[bytes.length / 2] ^= 1;
      Files.write(blob(a.id()), bytes);
      assertCorrupt(store, a.id());
      Files.delete(blob(a.id()));
      InstanceRecord record = store.records().instance(a.id()).orElseThrow();
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(PrecordiaException.class, () -> store.content(record)).code());
    }
  }

  @Test
  void erasingDestroysKeyRowsVectorsAndBlobs() throws IOException {
    byte[] wrapped;
    try (Store store = Store.open(dir, null)) {
      NewInstance gone = instance(store, 1, "P1", windows(2));
      NewInstance stays = instance(store, 2, "P2", windows(2));
      store.keep(List.of(gone, stays), StoreTest::content);
      InstanceRecord record = store.records().instance(gone.id()).orElseThrow();
      wrapped = sealedOf(gone.id());
      assertEquals(List.of(gone.id()), store.erase(gone.subject()));
      assertEquals(List.of(), store.erase(gone.subject()));
      assertFalse(Files.exists(blob(gone.id())));
      assertTrue(store.records().instance(gone.id()).isEmpty());
      assertTrue(store.records().study(gone.study()).isEmpty());
      assertEquals(
          ErrorCode.NOT_FOUND,
          assertThrows(PrecordiaException.class, () -> store.content(record)).code());
      List<Embedded> left = new ArrayList<>();
      store.records().forEachStored(MODEL, left::add);
      assertEquals(List.of(stays.id()), left.stream().map(e -> e.record().id()).toList());
      assertArrayEquals(
          content(stays.id()), store.content(store.records().instance(stays.id()).orElseThrow()));
    }
    assertTrue(wrapped.length > 0);
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(
            Residue.contains(Files.readAllBytes(file), wrapped),
            "the sealed bytes are still in " + dir.relativize(file));
      }
    }
  }

  // A piece of the sealed blob: long enough not to occur by chance.
  private byte[] sealedOf(String id) throws IOException {
    return java.util.Arrays.copyOf(Files.readAllBytes(blob(id)), 24);
  }

  private Path blob(String id) {
    return dir.resolve("blobs").resolve(id.substring(0, 2)).resolve(id);
  }

  private static void assertCorrupt(Store store, String id) {
    InstanceRecord record = store.records().instance(id).orElseThrow();
    assertEquals(
        ErrorCode.CORRUPT_STORE,
        assertThrows(PrecordiaException.class, () -> store.content(record)).code());
  }
}
