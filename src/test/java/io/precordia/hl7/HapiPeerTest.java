package io.precordia.hl7;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.ErrorCode;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v25.message.ACK;
import ca.uhn.hl7v2.model.v25.message.ORU_R01;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.delivery.hl7.ResultFinding;
import io.precordia.delivery.hl7.ResultMessage;
import io.precordia.hl7.send.MllpPeer;
import io.precordia.hl7.send.MllpTransport;
import io.precordia.study.ModelRef;
import io.precordia.study.PatientId;
import io.precordia.terminology.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HAPI HL7v2, an independent implementation, as the peer on both sides. */
class HapiPeerTest {
  @TempDir Path data;

  @Test
  void hapiSendsAndUnderstandsOurAcknowledgements() throws Exception {
    try (Door door = new Door(data);
        HapiContext hapi = new DefaultHapiContext()) {
      hapi.setValidationContext(ValidationContextFactory.noValidation());
      Connection connection = hapi.newClient("127.0.0.1", door.port(), false);
      connection.getInitiator().setTimeout(60, TimeUnit.SECONDS);
      try {
        for (int i = 0; i < 3; i++) {
          Message sent =
              hapi.getPipeParser()
                  .parse(
                      Door.oru("H" + i, "4711^^^H^MR", "A" + i, "Left effusion, number " + i + ".")
                          .replace("|2.5.1", "|2.5"));
          ACK answer = (ACK) connection.getInitiator().sendAndReceive(sent);
          assertEquals("AA", answer.getMSA().getAcknowledgmentCode().getValue());
          assertEquals("H" + i, answer.getMSA().getMessageControlID().getValue());
        }
        Message refused =
            hapi.getPipeParser()
                .parse(Door.adt("A29", "H9", "1^^^H", "").replace("|2.5.1", "|2.5"));
        ACK answer = (ACK) connection.getInitiator().sendAndReceive(refused);
        assertEquals("AR", answer.getMSA().getAcknowledgmentCode().getValue());
        assertEquals("201", answer.getERR().getHL7ErrorCode().getIdentifier().getValue());
        assertEquals(
            "unsupported-format",
            answer.getERR().getApplicationErrorCode().getIdentifier().getValue());
      } finally {
        connection.close();
      }
      assertEquals(3, door.kept().size());
    }
  }

  private static ResultMessage result(String control) {
    return new ResultMessage(
        control,
        new ResultMessage.Party("PRECORDIA", "AI|1"),
        new ResultMessage.Party("RIS", "CLINIC"),
        new PatientId("47|11", "H", "1.2.3", "ISO"),
        "1.2.840.99.1",
        "PL1",
        "",
        "ACC1",
        new Code("LN", "36643-5", "XR Chest 2 Views"),
        Instant.parse("2026-05-17T10:00:00Z"),
        new ModelRef("precordia-more", "0.3", "ab".repeat(32), List.of(), "p1"),
        List.of(
            new ResultFinding(new Code(Code.SCT, "60046008", "Pleural effusion"), 0.873, true),
            new ResultFinding(new Code(Code.LOCAL, "nodule", "Nodule"), 0.02, false)));
  }

  private static OutgoingObject outgoing(ResultMessage message) {
    return new OutgoingObject(
        "0".repeat(32), OutgoingObject.HL7, "", message.controlId(), "", message.bytes());
  }

  @Test
  void hapiReadsOurResults() throws Exception {
    try (HapiContext hapi = new DefaultHapiContext()) {
      String text = new String(result("R1").bytes(), StandardCharsets.UTF_8);
      ORU_R01 oru = (ORU_R01) hapi.getPipeParser().parse(text.replace("|2.5.1|", "|2.5|"));
      var order = oru.getPATIENT_RESULT().getORDER_OBSERVATION();
      assertEquals(
          "47|11",
          oru.getPATIENT_RESULT()
              .getPATIENT()
              .getPID()
              .getPatientIdentifierList(0)
              .getIDNumber()
              .getValue());
      assertEquals(
          "1.2.3",
          oru.getPATIENT_RESULT()
              .getPATIENT()
              .getPID()
              .getPatientIdentifierList(0)
              .getAssigningAuthority()
              .getUniversalID()
              .getValue());
      assertEquals("P", order.getOBR().getResultStatus().getValue());
      assertEquals("ACC1", order.getOBR().getPlacerField1().getValue());
      assertEquals("PL1", order.getOBR().getPlacerOrderNumber().getEntityIdentifier().getValue());
      assertEquals("ACC1", order.getOBR().getFillerOrderNumber().getEntityIdentifier().getValue());
      assertEquals(8, order.getOBSERVATIONReps());
      assertEquals("1.2.840.99.1", value(order.getOBSERVATION(0).getOBX()));
      assertEquals("60046008", Terser.get(order.getOBSERVATION(1).getOBX(), 5, 0, 1, 1));
      assertEquals("A", order.getOBSERVATION(1).getOBX().getAbnormalFlags(0).getValue());
      assertEquals("87.3", value(order.getOBSERVATION(2).getOBX()));
      assertEquals("1", order.getOBSERVATION(2).getOBX().getObservationSubID().getValue());
      assertEquals("ab".repeat(32), value(order.getOBSERVATION(7).getOBX()));
      assertTrue(text.contains("NTE|1|O|Not for clinical use."), text);
    }
  }

  private static String value(ca.uhn.hl7v2.model.v25.segment.OBX obx) throws HL7Exception {
    return Terser.get(obx, 5, 0, 1, 1);
  }

  /** Answers as it is told to. */
  private record Told(AcknowledgmentCode code, ErrorCode condition)
      implements ReceivingApplication<Message> {
    @Override
    public Message processMessage(Message message, Map<String, Object> metadata)
        throws HL7Exception {
      try {
        return code == AcknowledgmentCode.AA
            ? message.generateACK()
            : message.generateACK(code, new HL7Exception("told to", condition));
      } catch (IOException e) {
        throw new HL7Exception(e);
      }
    }

    @Override
    public boolean canProcess(Message message) {
      return true;
    }
  }

  private static SendOutcome sentTo(AcknowledgmentCode code, ErrorCode condition) throws Exception {
    BoundSocket socket = new BoundSocket();
    try (HapiContext hapi = new DefaultHapiContext()) {
      hapi.setValidationContext(ValidationContextFactory.noValidation());
      hapi.setSocketFactory(socket);
      HL7Service server = hapi.newServer(socket.port(), false);
      server.registerApplication(new Told(code, condition));
      server.startAndWait();
      try (MllpTransport transport =
          new MllpTransport(
              new MllpPeer(
                  "127.0.0.1",
                  socket.port(),
                  Duration.ofSeconds(60),
                  Duration.ofSeconds(60),
                  null))) {
        List<SendOutcome> outcomes =
            transport.send(List.of(outgoing(result("R1")), outgoing(result("R2"))));
        assertEquals(outcomes.get(0), outcomes.get(1));
        return outcomes.getFirst();
      } finally {
        server.stopAndWait();
      }
    }
  }

  @Test
  void answersOfHapiTellSentTransientAndPermanentApart() throws Exception {
    assertEquals(new SendOutcome.Sent(), sentTo(AcknowledgmentCode.AA, ErrorCode.MESSAGE_ACCEPTED));
    assertEquals(
        new SendOutcome.Permanent("AE 101"),
        sentTo(AcknowledgmentCode.AE, ErrorCode.REQUIRED_FIELD_MISSING));
    assertEquals(
        new SendOutcome.Transient("AE 207"),
        sentTo(AcknowledgmentCode.AE, ErrorCode.APPLICATION_INTERNAL_ERROR));
    assertEquals(
        new SendOutcome.Permanent("AR 200"),
        sentTo(AcknowledgmentCode.AR, ErrorCode.UNSUPPORTED_MESSAGE_TYPE));
  }

  @Test
  void silenceAndNobodyAreTransient() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, java.net.InetAddress.ofLiteral("127.0.0.1"));
        MllpTransport transport =
            new MllpTransport(
                new MllpPeer(
                    "127.0.0.1",
                    silent.getLocalPort(),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(300),
                    null))) {
      List<SendOutcome> outcomes =
          transport.send(List.of(outgoing(result("R1")), outgoing(result("R2"))));
      assertEquals(new SendOutcome.Transient("no answer in time"), outcomes.get(0));
      assertInstanceOf(SendOutcome.Transient.class, outcomes.get(1));
    }
    // a port that is taken, so that nobody else can get it, and where nobody listens
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      MllpTransport transport = new MllpTransport(MllpPeer.of("127.0.0.1", taken.getLocalPort()));
      assertEquals(
          List.of(new SendOutcome.Transient("no connection")),
          transport.send(List.of(outgoing(result("R1")))));
      transport.close();
    }
  }

  @Test
  void resultsGoThroughOurOwnDoorToo() throws Exception {
    try (Door door = new Door(data);
        MllpTransport transport = new MllpTransport(MllpPeer.of("127.0.0.1", door.port()))) {
      assertEquals(
          List.of(new SendOutcome.Sent(), new SendOutcome.Sent()),
          transport.send(List.of(outgoing(result("R1")), outgoing(result("R1")))));
      assertEquals(1, door.kept().size());
      assertEquals(
          Optional.of("1.2.840.99.1"),
          Optional.ofNullable(door.kept().getFirst().identity().study()));
    }
  }
}
