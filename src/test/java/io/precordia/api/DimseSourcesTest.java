package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.Eventually;
import io.precordia.delivery.CompletionPolicy;
import io.precordia.delivery.CompletionRule;
import io.precordia.delivery.StudyCompletion;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectSink;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.StoreScu;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.IngestLimits;
import io.precordia.ingest.IngestOptions;
import io.precordia.ingest.IssuerRules;
import io.precordia.store.CompletionState;
import io.precordia.store.InstanceRecord;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import io.precordia.workspace.catalogue.DicomSamples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a calling AE title: the issuer of its patient ids, and when it is done. */
final class DimseSourcesTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final ObjectSink NOWHERE =
      () -> {
        throw new IllegalStateException("nothing is sent here");
      };

  @TempDir Path dir;

  private static void send(int port, String title, String study) {
    FileToSend film =
        new FileToSend(
            new ObjectUids(DicomSamples.CR, study + ".1.1"),
            DicomSamples.EXPLICIT_LITTLE,
            DicomSamples.file(
                DicomSamples.radiograph("4711", study, study + ".1", study + ".1.1")));
    try (Requestor scu =
        new Requestor(
            title, null, DimseLimits.DEFAULT, Duration.ofSeconds(20), NOWHERE, DimseEvents.NONE)) {
      assertEquals(
          0,
          new StoreScu(scu)
              .send(new PeerAddress("PRECORDIA", "127.0.0.1", port, false), List.of(film))
              .getFirst()
              .status());
    }
  }

  private static InstanceRecord kept(Workspace w, String study) throws InterruptedException {
    Eventually.holds(
        Duration.ofSeconds(60), () -> "the inbox does not empty", () -> w.ingest().pending() == 0);
    return w.records().list(null, 0, 100).items().stream()
        .filter(i -> study.equals(i.identity().study()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAeTitleHasItsIssuerAndItsRuleOfCompletion() throws Exception {
    IssuerRules issuers =
        TestConfig.of(
                Map.of(
                    "precordia.identity.sources[0].ae-title", "CR ROOM 1",
                    "precordia.identity.sources[0].issuer", "H"))
            .identity()
            .rules();
    WorkspaceOptions options =
        WorkspaceOptions.DEFAULT.withIngest(
            new IngestOptions(IngestLimits.DEFAULT, 16, 2, Duration.ofSeconds(60), issuers));
    try (Workspace w = Workspace.open(dir, TestEncoder::new, options);
        DimseNetwork network =
            new DimseNetwork(
                w,
                DimseService.PLAIN,
                new DimsePeers(TestConfig.of(Map.of()).dimse()),
                Duration.ofSeconds(20),
                DimseEvents.NONE)) {
      send(network.server().port(), "CR ROOM 1", "1.2.1");
      send(network.server().port(), "ELSEWHERE", "1.2.2");
      InstanceRecord here = kept(w, "1.2.1");
      InstanceRecord elsewhere = kept(w, "1.2.2");
      assertEquals("CR ROOM 1", here.identity().source());
      assertEquals(w.records().subjectOf("4711^^^H"), here.subject());
      assertEquals(w.records().subjectOf("4711"), elsewhere.subject());

      CompletionPolicy policy =
          new CompletionPolicy(
              new CompletionRule(NEVER, NEVER, null),
              Map.of(w.completions().aeId("CR ROOM 1"), new CompletionRule(NEVER, NEVER, 1)));
      assertEquals(1, policy.expected(w.completions().require(here.study())));
      assertNull(policy.expected(w.completions().require(elsewhere.study())));
      try (StudyCompletion completion = new StudyCompletion(w.completions(), policy, study -> {})) {
        completion.start();
        Eventually.holds(
            Duration.ofSeconds(60),
            () -> "one film is all that this room makes",
            () -> w.completions().require(here.study()).state() == CompletionState.COMPLETE);
        assertEquals(CompletionState.OPEN, w.completions().require(elsewhere.study()).state());
      }
    }
  }

  @Test
  void aSourceIsEitherAnApplicationOrAnAeTitle() {
    IdentityConfig both =
        TestConfig.of(
                Map.of(
                    "precordia.identity.sources[0].ae-title", "CR",
                    "precordia.identity.sources[0].source", "RIS|CLINIC",
                    "precordia.identity.sources[0].issuer", "H"))
            .identity();
    assertThrows(PrecordiaException.class, both::rules);
  }
}
