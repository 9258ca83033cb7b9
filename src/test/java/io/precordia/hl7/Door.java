package io.precordia.hl7;

import io.precordia.Eventually;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A listener on a free port before a real workspace, and a plain socket that talks to it. */
final class Door implements AutoCloseable {
  private final Workspace workspace;
  private final MllpListener listener;

  Door(Path data) {
    this(data, ReceptionOptions.DEFAULT, ListenerOptions.LOOPBACK);
  }

  Door(Path data, ReceptionOptions reception, ListenerOptions listening) {
    workspace =
        Workspace.open(
            data,
            TestEncoder::new,
            WorkspaceOptions.DEFAULT.withIngest(
                new io.precordia.ingest.IngestOptions(
                    io.precordia.ingest.IngestLimits.DEFAULT,
                    16,
                    2,
                    Duration.ofSeconds(60),
                    reception.issuers())));
    listener = new MllpListener(listening, new Reception(workspace, reception));
  }

  Workspace workspace() {
    return workspace;
  }

  int port() {
    return listener.port();
  }

  int connections() {
    return listener.connections();
  }

  MllpStream connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port());
    socket.setSoTimeout(60_000);
    return new MllpStream(socket, 1 << 20, Duration.ofSeconds(60));
  }

  /** Sends one message on a connection of its own and returns the answer as text. */
  String answer(String message) throws IOException {
    try (MllpStream stream = connect()) {
      stream.write(message.getBytes(StandardCharsets.UTF_8));
      byte[] answer = stream.read();
      return answer == null ? "" : new String(answer, StandardCharsets.UTF_8);
    }
  }

  /** What is kept, when the inbox is empty. */
  List<io.precordia.store.InstanceRecord> kept() throws InterruptedException {
    Eventually.holds(
        Duration.ofSeconds(60),
        () -> "the inbox is not emptied",
        () -> workspace.ingest().pending() == 0);
    return new ArrayList<>(workspace.records().list(null, 0, 1000).items());
  }

  /** A report about a patient. */
  static String oru(String control, String patient, String accession, String text) {
    return "MSH|^~\\&|RIS|CLINIC|PRECORDIA|AI|20240517101500||ORU^R01^ORU_R01|"
        + control
        + "|P|2.5.1\rPID|1||"
        + patient
        + "||DOE^JANE||19630201|F\rOBR|1|PL"
        + accession
        + "|"
        + accession
        + "|71020^CHEST^C4|||20240517100000|||||||||||||||||RAD|F\rOBX|1|TX|1^REPORT||"
        + text
        + "||||||F\r";
  }

  static String adt(String trigger, String control, String patient, String rest) {
    return "MSH|^~\\&|ADT|CLINIC|PRECORDIA|AI|20240517101500||ADT^"
        + trigger
        + "|"
        + control
        + "|P|2.5.1\rEVN|"
        + trigger
        + "|20240517\rPID|1||"
        + patient
        + "||DOE^JANE||19540601|M\r"
        + rest;
  }

  @Override
  public void close() {
    listener.close();
    workspace.close();
  }
}
