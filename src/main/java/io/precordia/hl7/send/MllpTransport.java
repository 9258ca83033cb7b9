package io.precordia.hl7.send;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.delivery.Transport;
import io.precordia.error.PrecordiaException;
import io.precordia.hl7.MllpStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Carries HL7 messages over MLLP, one after the other on one connection, each after the answer to
 * the one before. AA and CA mean sent. An error is permanent if its condition says that the message
 * is at fault (table 0357: 100 to 205), transient if it is the peer's (206, 207) or not said; a
 * rejection is transient only for 206 and 207. No answer in time, or to another message, is
 * transient. Used by one thread.
 */
public final class MllpTransport implements Transport {
  private static final int MAX_ANSWER = 1 << 20;
  private static final int MOST_STRANGE = 5;

  /** Application record locked; application internal error. */
  private static final Set<String> OF_THE_PEER = Set.of("206", "207");

  private final MllpPeer peer;
  private @Nullable MllpStream open;

  public MllpTransport(MllpPeer peer) {
    this.peer = peer;
  }

  @Override
  public List<SendOutcome> send(List<OutgoingObject> objects) {
    List<SendOutcome> outcomes = new ArrayList<>();
    @Nullable SendOutcome broken = null;
    for (OutgoingObject object : objects) {
      if (!object.mediaType().equals(OutgoingObject.HL7)) {
        outcomes.add(new SendOutcome.Permanent("no HL7 message"));
      } else if (broken != null) {
        outcomes.add(broken);
      } else {
        SendOutcome outcome = send(object);
        outcomes.add(outcome);
        if (open == null && outcome instanceof SendOutcome.Transient) {
          broken = new SendOutcome.Transient("not tried: the connection broke before");
        }
      }
    }
    return outcomes;
  }

  private SendOutcome send(OutgoingObject object) {
    try {
      MllpStream stream = connection();
      stream.write(object.content());
      for (int strange = 0; strange < MOST_STRANGE; strange++) {
        byte @Nullable [] block = stream.read();
        if (block == null) {
          close();
          return new SendOutcome.Transient("the peer closed the connection without an answer");
        }
        Answer answer = Answer.of(block);
        if (answer.controlId().equals(object.sopInstance())) {
          return outcome(answer);
        }
      }
      close();
      return new SendOutcome.Transient("the peer answered other messages only");
    } catch (SocketTimeoutException e) {
      close();
      return new SendOutcome.Transient("no answer in time");
    } catch (SSLException e) {
      close();
      return new SendOutcome.Transient("TLS failed");
    } catch (IOException e) {
      close();
      return new SendOutcome.Transient("no connection");
    } catch (PrecordiaException e) {
      close();
      return new SendOutcome.Transient("the answer cannot be read");
    }
  }

  private static SendOutcome outcome(Answer answer) {
    String said =
        answer.condition().isEmpty() ? answer.code() : answer.code() + " " + answer.condition();
    boolean ofPeer = OF_THE_PEER.contains(answer.condition());
    return switch (answer.code()) {
      case "AA", "CA" -> new SendOutcome.Sent();
      case "AE", "CE" ->
          ofPeer || answer.condition().isEmpty()
              ? new SendOutcome.Transient(said)
              : new SendOutcome.Permanent(said);
      case "AR", "CR" -> ofPeer ? new SendOutcome.Transient(said) : new SendOutcome.Permanent(said);
      default -> new SendOutcome.Transient("no acknowledgement");
    };
  }

  private MllpStream connection() throws IOException {
    MllpStream stream = open;
    if (stream == null) {
      stream = new MllpStream(connect(), MAX_ANSWER, peer.answer());
      open = stream;
    }
    return stream;
  }

  private Socket connect() throws IOException {
    SSLContext tls = peer.tls();
    Socket plain = new Socket();
    try {
      plain.connect(
          new InetSocketAddress(peer.host(), peer.port()), (int) peer.connect().toMillis());
      plain.setSoTimeout((int) peer.answer().toMillis());
      plain.setTcpNoDelay(true);
      if (tls == null) {
        return plain;
      }
      SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, peer.host(), peer.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  @Override
  public void close() {
    MllpStream stream = open;
    open = null;
    if (stream != null) {
      stream.close();
    }
  }
}
