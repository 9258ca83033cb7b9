package io.precordia.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** HL7 v2 over MLLP: who may send what, and how it is acknowledged. */
public interface Hl7Config {
  /** Whether to listen. */
  @WithDefault("true")
  boolean enabled();

  /** Address to listen on. Anything but loopback needs addresses or mutual TLS. */
  @WithDefault("127.0.0.1")
  String host();

  /** TCP port; 0 takes a free one. */
  @WithDefault("2575")
  int port();

  /** Sending application of answers to messages that name no receiver. */
  @WithDefault("PRECORDIA")
  String application();

  /** How messages are acknowledged. */
  @WithDefault("auto")
  Acknowledgements ackMode();

  /** Sending applications (MSH-3) that may send; all without. */
  Optional<Set<String>> applications();

  /** Sending facilities (MSH-4) that may send; all without. */
  Optional<Set<String>> facilities();

  /** Addresses or blocks such as 10.1.0.0/16 that may connect; all without. */
  Optional<List<String>> addresses();

  /** Processing ids (MSH-11) that are taken. */
  @WithDefault("P,T,D")
  Set<String> processingIds();

  /** Connections at once; one more is closed. */
  @WithDefault("64")
  int maxConnections();

  /** Largest message; larger ones are answered AR. */
  @WithDefault("8M")
  MemorySize maxMessage();

  /** Longest silence between two messages, and within one. */
  @WithDefault("60S")
  Duration idleTimeout();

  /** Longest time from the first byte of a message to its last. */
  @WithDefault("60S")
  Duration messageTimeout();

  Optional<Tls> tls();

  /** Systems that take messages, by name. */
  Map<String, Peer> peers();

  /** A system that takes messages. */
  interface Peer {
    String host();

    int port();

    /** Its application (MSH-5). */
    Optional<String> application();

    /** Its facility (MSH-6). */
    Optional<String> facility();

    /** Longest time to connect. */
    @WithDefault("10S")
    Duration connectTimeout();

    /** Longest time until a message is acknowledged. */
    @WithDefault("30S")
    Duration answerTimeout();

    Optional<Tls> tls();
  }

  /** See {@link #ackMode}. */
  enum Acknowledgements {
    AUTO,
    ORIGINAL,
    ENHANCED
  }

  /** TLS; PKCS #12 files. */
  interface Tls {
    /** Own key and certificate. */
    Path keyStore();

    String keyStorePassword();

    /** Certificates that peers are checked against. */
    Optional<Path> trustStore();

    Optional<String> trustStorePassword();

    /**
     * Whether peers must present a certificate; true without. No default here: it would make the
     * whole optional group present, and its required keys missing.
     */
    Optional<Boolean> clientAuth();
  }
}
