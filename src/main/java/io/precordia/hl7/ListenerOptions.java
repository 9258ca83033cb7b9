package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where and for whom a listener is.
 *
 * @param port 0 takes a free one
 * @param maxConnections connections at once; one more is closed at once
 * @param maxMessage largest block in bytes
 * @param idle longest silence between two messages, and within one
 * @param messageTime longest time from the first byte of a message to its last
 * @param addresses who may connect; empty lets all
 * @param tls null for plain TCP
 * @param clientAuth whether TLS peers must show a certificate
 */
public record ListenerOptions(
    String host,
    int port,
    int maxConnections,
    int maxMessage,
    Duration idle,
    Duration messageTime,
    List<AddressBlock> addresses,
    @Nullable SSLContext tls,
    boolean clientAuth) {
  private static final int MOST_MESSAGE = 64 << 20;

  /** A free port of this machine, 64 connections, 8 MiB, a minute each. */
  public static final ListenerOptions LOOPBACK =
      new ListenerOptions(
          "127.0.0.1",
          0,
          64,
          8 << 20,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          List.of(),
          null,
          false);

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION for a value out of range
   */
  public ListenerOptions {
    if (port < 0
        || port > 65_535
        || maxConnections < 1
        || maxMessage < 1024
        || maxMessage > MOST_MESSAGE
        || idle.toMillis() < 1
        || messageTime.toMillis() < 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "precordia.hl7: a port is from 0 to 65535, max-connections at least 1, max-message from 1K to 64M, time-outs above 0");
    }
    addresses = List.copyOf(addresses);
  }
}
