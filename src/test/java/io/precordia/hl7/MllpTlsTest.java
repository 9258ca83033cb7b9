package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.hl7.send.MllpPeer;
import io.precordia.hl7.send.MllpTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS with certificates that the JDK's keytool makes. */
class MllpTlsTest {
  private static final String PASSWORD = "changeit";
  @TempDir Path folder;

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("keytool failed");
    }
  }

  private Path keys(String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD);
    return file;
  }

  private Path trust(String name, Path keys) throws IOException, InterruptedException {
    Path certificate = folder.resolve(name + ".crt");
    Path file = folder.resolve(name + "-trust.p12");
    keytool(
        "-exportcert",
        "-alias",
        name,
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD);
    return file;
  }

  private static SendOutcome send(int port, SSLContext context) {
    byte[] message =
        Door.oru("T1", "4711^^^H^MR", "A1", "Left effusion is seen.")
            .getBytes(StandardCharsets.UTF_8);
    try (MllpTransport transport =
        new MllpTransport(
            new MllpPeer(
                "127.0.0.1", port, Duration.ofSeconds(60), Duration.ofSeconds(60), context))) {
      return transport
          .send(List.of(new OutgoingObject("0", OutgoingObject.HL7, "", "T1", "", message)))
          .getFirst();
    }
  }

  @Test
  void onlyAKnownPeerMaySend() throws Exception {
    Path server = keys("server");
    Path client = keys("client");
    Path stranger = keys("stranger");
    Path trustClient = trust("client", client);
    Path trustServer = trust("server", server);
    ListenerOptions options =
        new ListenerOptions(
            "127.0.0.1",
            0,
            8,
            1 << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            List.of(),
            TlsContexts.of(server, PASSWORD, trustClient, PASSWORD),
            true);
    try (Door door = new Door(folder.resolve("data"), ReceptionOptions.DEFAULT, options)) {
      assertEquals(
          new SendOutcome.Sent(),
          send(door.port(), TlsContexts.of(client, PASSWORD, trustServer, PASSWORD)));
      assertInstanceOf(
          SendOutcome.Transient.class,
          send(door.port(), TlsContexts.of(stranger, PASSWORD, trustServer, PASSWORD)));
      assertInstanceOf(
          SendOutcome.Transient.class,
          send(door.port(), TlsContexts.of(null, null, trustServer, PASSWORD)));
      assertEquals(1, door.kept().size());
    }
  }
}
