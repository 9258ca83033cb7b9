package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.AeRule;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.Refusal;
import io.precordia.dicom.net.Requestor;
import io.precordia.dicom.net.TestObjects;
import io.precordia.dicom.net.TlsSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS with DCMTK and with our own requestor, and who is kept out. */
final class DimseTlsTest {
  private static final String SECRET = "changeit";
  @TempDir Path dir;

  @BeforeEach
  void certificates() throws Exception {
    Peers.need("openssl", "openssl");
    Peers.need("echoscu", "dcmtk");
    for (String who : List.of("server", "client", "stranger")) {
      Peers.succeed(
          "openssl",
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-days",
          "2",
          "-subj",
          "/CN=" + who,
          "-keyout",
          path(who + ".key"),
          "-out",
          path(who + ".pem"));
    }
    for (String who : List.of("server", "client")) {
      Peers.succeed(
          "openssl",
          "pkcs12",
          "-export",
          "-inkey",
          path(who + ".key"),
          "-in",
          path(who + ".pem"),
          "-out",
          path(who + ".p12"),
          "-passout",
          "pass:" + SECRET);
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      try (InputStream in = Files.newInputStream(dir.resolve(who + ".pem"))) {
        trust.setCertificateEntry(
            who, CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
      try (var out = Files.newOutputStream(dir.resolve("trust-" + who + ".p12"))) {
        trust.store(out, SECRET.toCharArray());
      }
    }
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private TlsSettings tls(String own, String trusted) {
    return new TlsSettings(
        dir.resolve(own + ".p12"), SECRET, dir.resolve("trust-" + trusted + ".p12"), SECRET, true);
  }

  private Peers.Run echo(int port, String who, String... more) throws Exception {
    String[] command = {
      "echoscu",
      "-v",
      "+tls",
      path(who + ".key"),
      path(who + ".pem"),
      "+cf",
      path("server.pem"),
      "-aec",
      "PRECORDIA",
      "127.0.0.1",
      "" + port
    };
    String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return Peers.run(all);
  }

  @Test
  void takesTheTrustedOnly() throws Exception {
    byte[] encoded;
    try (InputStream in = Files.newInputStream(dir.resolve("client.pem"))) {
      encoded = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
    }
    String print = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    List<AeRule> rules =
        List.of(
            new AeRule("ECHOSCU", List.of(), print),
            new AeRule("STORESCU", List.of(), print),
            new AeRule("OTHER", List.of(), "00".repeat(32)));
    try (DimseService service =
        new DimseService(
            dir.resolve("data"),
            s ->
                new DimseSettings(
                    s.title(),
                    s.host(),
                    0,
                    rules,
                    List.of(),
                    tls("server", "client"),
                    s.limits()))) {
      int port = service.server.port();
      Peers.Run good = echo(port, "client");
      assertEquals(0, good.exit(), good.output());
      assertFalse(echo(port, "stranger").exit() == 0);
      service.awaitRefusal(Refusal.TLS);
      Peers.Run otherTitle = echo(port, "client", "-aet", "OTHER");
      assertTrue(
          otherTitle.output().contains("Calling AE Title Not Recognized"), otherTitle.output());
      Peers.Run plain =
          Peers.run("echoscu", "-to", "5", "-aec", "PRECORDIA", "127.0.0.1", "" + port);
      assertFalse(plain.exit() == 0);
      // an old version is not spoken
      Peers.Run old =
          Peers.run(
              "openssl",
              "s_client",
              "-connect",
              "127.0.0.1:" + port,
              "-tls1_1",
              "-cert",
              path("client.pem"),
              "-key",
              path("client.key"));
      assertFalse(old.output().contains("Cipher is ECDHE"), old.output());
      Path cr =
          Files.write(
              dir.resolve("a.dcm"),
              TestObjects.file(TestObjects.CR, TestObjects.EXPLICIT, 1, 300_000).file());
      Peers.succeed(
          "storescu",
          "+tls",
          path("client.key"),
          path("client.pem"),
          "+cf",
          path("server.pem"),
          "-aec",
          "PRECORDIA",
          "127.0.0.1",
          "" + port,
          cr.toString());
      try (Requestor requestor =
          new Requestor(
              "ECHOSCU",
              tls("client", "server"),
              DimseLimits.DEFAULT,
              Duration.ofSeconds(20),
              () -> {
                throw new AssertionError();
              },
              DimseEvents.NONE)) {
        assertEquals(0, requestor.echo(new PeerAddress("PRECORDIA", "127.0.0.1", port, true)));
      }
    }
  }
}
