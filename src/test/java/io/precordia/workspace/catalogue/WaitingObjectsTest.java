package io.precordia.workspace.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.DurableIngest;
import io.precordia.ingest.EncoderSource;
import io.precordia.ingest.FileDecoder;
import io.precordia.ingest.IngestOptions;
import io.precordia.ingest.IssuerRules;
import io.precordia.ingest.Searchable;
import io.precordia.ingest.StandardDecoders;
import io.precordia.store.Embedded;
import io.precordia.store.Store;
import io.precordia.workspace.TestEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While accepted objects wait for their processing nobody is told that they are not here. */
class WaitingObjectsTest {
  private static final String UID = "1.2.1.2.1";
  @TempDir Path data;
  private final CountDownLatch gate = new CountDownLatch(1);

  /** The standard decoder, held up. */
  private FileDecoder held() {
    FileDecoder decoder = StandardDecoders.create();
    return submission -> {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return decoder.decode(submission);
    };
  }

  private static final Searchable NOWHERE =
      new Searchable() {
        @Override
        public void add(List<Embedded> instances) {
          // nobody searches
        }

        @Override
        public void moved(String subject) {
          // nobody searches
        }

        @Override
        public void remove(List<String> instances) {
          // nobody searches
        }
      };

  @Test
  void areNotDenied() {
    try (Store store = Store.open(data, null);
        DurableIngest ingest =
            new DurableIngest(
                store,
                held(),
                EncoderSource.of(new TestEncoder()),
                NOWHERE,
                IngestOptions.DEFAULT);
        DicomCatalogue catalogue =
            new DicomCatalogue(store, ingest, IssuerRules.NONE, 100, Duration.ofMillis(200))) {
      assertFalse(catalogue.exists(DicomSamples.ENCAPSULATED_PDF, UID));
      catalogue
          .intake()
          .receive(DicomSamples.file(DicomSamples.pdf("P1", "1.2.1", "1.2.1.2", UID)));
      for (String uid : List.of(UID, "1.2.1.2.999")) {
        PrecordiaException e =
            assertThrows(
                PrecordiaException.class,
                () -> catalogue.exists(DicomSamples.ENCAPSULATED_PDF, uid));
        assertEquals(ErrorCode.NOT_READY, e.code());
      }
      gate.countDown();
      assertTrue(ingest.drain(Duration.ofMinutes(1)));
      assertTrue(catalogue.exists(DicomSamples.ENCAPSULATED_PDF, UID));
      assertFalse(catalogue.exists(DicomSamples.ENCAPSULATED_PDF, "1.2.1.2.999"));
    }
  }
}
