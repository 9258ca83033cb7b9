package io.precordia.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.error.ErrorCode;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same migrations and statements on PostgreSQL. */
class PostgresRecordsTest {
  private static final String MODEL = "a".repeat(64);

  @Test
  void recordsAreKeptFoundAndErasedOnPostgres() throws Exception {
    Optional<Path> binaries = LocalPostgres.installed();
    assumeTrue(
        binaries.isPresent(), "no PostgreSQL server is installed (apt-get install postgresql)");
    try (LocalPostgres server = LocalPostgres.start(binaries.get())) {
      for (int opening = 0; opening < 2; opening++) { // the second one finds the schema in place
        try (Database database = Database.server(server.jdbcUrl(), "precordia", "")) {
          exercise(database);
        }
      }
    }
  }

  private static void exercise(Database database) {
    KeyRing keys =
        new KeyRing(database, MasterKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32])));
    OpaqueIds ids = new OpaqueIds(keys.ofStore("ids"));
    RecordStore records = new RecordStore(database, keys, ids, new SubjectAliases(database, ids));
    String subject = ids.subject("P1");
    NewInstance stored = instance(ids, subject, 1, List.of(new float[] {1, 0}, new float[] {0, 1}));
    NewInstance flagged = instance(ids, subject, 2, List.of());
    assertEquals(List.of(stored.id(), flagged.id()), records.insert(List.of(stored, flagged)));
    assertEquals(List.of(), records.insert(List.of(stored)));
    database.sync();

    assertEquals(stored.identity(), records.instance(stored.id()).orElseThrow().identity());
    assertEquals(2, records.study(stored.study()).orElseThrow().instances().size());
    assertEquals(
        List.of(flagged.id()),
        records.list(InstanceStatus.FLAGGED, 0, 10).items().stream()
            .map(InstanceRecord::id)
            .toList());
    assertEquals(Optional.of(stored.id()), records.storedObject("1.2.1"));
    List<Embedded> all = new ArrayList<>();
    records.forEachStored(MODEL, all::add);
    assertArrayEquals(new float[] {0, 1}, all.getFirst().vectors().get(1));

    records.vectors().replace(all.getFirst().record(), "b".repeat(64), List.of(new float[] {1, 1}));
    records.flag(all.getFirst().record(), new Flag(ErrorCode.INTERNAL, "for the test"));
    assertEquals(2, records.count(InstanceStatus.FLAGGED));
    assertEquals(2, records.delete(Set.of(subject)).size());
    assertEquals(2, records.blobsToErase().size());
    records.blobsToErase().forEach(records::blobErased);
    keys.forget(subject);
    assertTrue(records.instance(stored.id()).isEmpty());
    assertEquals(0, records.studies());
  }

  private static NewInstance instance(OpaqueIds ids, String subject, int i, List<float[]> vectors) {
    boolean stored = !vectors.isEmpty();
    return new NewInstance(
        ids.object("instance " + i),
        ids.study(subject, "S"),
        subject,
        stored ? InstanceStatus.STORED : InstanceStatus.FLAGGED,
        Modality.XRAY,
        "dicom",
        new Identity("P1", "S", "1.2." + i, null, "F", 50, null, List.of("PA")),
        null,
        stored ? List.of() : List.of(new Flag(ErrorCode.EMPTY, "nothing")),
        List.of("a.dcm"),
        10,
        vectors,
        stored ? MODEL : null);
  }
}
