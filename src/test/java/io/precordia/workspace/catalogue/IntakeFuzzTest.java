package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.dicom.DicomDecoder;
import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.DicomMutator;
import io.precordia.dicom.web.DicomJson;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Damaged objects before the door and through header and metadata, without a service around them.
 *
 * <p>{@code -Dfuzz.seed=N} makes another run, {@code -Dfuzz.intake=N} sets its size.
 */
class IntakeFuzzTest {
  private static final Set<ErrorCode> REFUSALS =
      Set.of(
          ErrorCode.MALFORMED,
          ErrorCode.TRUNCATED,
          ErrorCode.BAD_IDENTITY,
          ErrorCode.DECOMPRESSION_LIMIT);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void everyDamagedObjectIsReadOrRefusedWithAReason() throws Exception {
    long seed = Long.getLong("fuzz.seed", 20261128L);
    int count = Integer.getInteger("fuzz.intake", 2000);
    DicomMutator mutator = new DicomMutator(seed);
    int read = 0;
    for (int i = 0; i < count; i++) {
      DicomMutator.Mutant mutant = mutator.mutate(DicomSamples.varied(seed, i));
      String where = "seed " + seed + ", object " + i + ", mutations " + mutant.what();
      long begun = System.nanoTime();
      try {
        DicomHeader header = DicomIntake.read(mutant.bytes());
        exercise(header, mutant.bytes(), where);
        read++;
      } catch (PrecordiaException e) {
        assertTrue(REFUSALS.contains(e.code()), () -> where + ": " + e.code());
      } catch (RuntimeException | Error e) {
        throw new AssertionError(where, e);
      }
      assertTrue(System.nanoTime() - begun < LONGEST.toNanos(), () -> where + " took too long");
    }
    System.err.printf("IntakeFuzzTest: seed %d, %d objects, %d read%n", seed, count, read);
    assertTrue(read > count / 20, "nearly nothing was read: the mutations are too coarse");
  }

  /** What was read is kept, shown and decoded without a failure other than a flag. */
  private void exercise(DicomHeader header, byte[] file, String where) throws Exception {
    DicomHeader again = DicomHeader.decode(header.encode());
    assertEquals(header.sopInstance(), again.sopInstance(), where);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DicomJson model = new DicomJson(out)) {
      model.add(again, path -> "bulk/" + path);
    }
    assertEquals(1, json.readTree(out.toByteArray()).size(), where);
    assertTrue(DicomDecoder.decode(file).dicom() != null, where);
  }
}
