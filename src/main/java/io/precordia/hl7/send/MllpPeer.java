package io.precordia.hl7.send;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A system that takes HL7 messages.
 *
 * @param connect longest time to connect
 * @param answer longest time until a message is acknowledged
 * @param tls null for plain TCP
 */
public record MllpPeer(
    String host, int port, Duration connect, Duration answer, @Nullable SSLContext tls) {
  /** Ten seconds to connect, thirty to answer, plain TCP. */
  public static MllpPeer of(String host, int port) {
    return new MllpPeer(host, port, Duration.ofSeconds(10), Duration.ofSeconds(30), null);
  }
}
