package io.precordia.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DICOM over the network: what this AE is, whom it admits and how much they may take. */
public interface DimseConfig {
  /** Whether to listen. */
  @WithDefault("true")
  boolean enabled();

  /** AE title of this service, called and calling. */
  @WithDefault("PRECORDIA")
  String aeTitle();

  /** Address to listen on. Anything but loopback needs an allow-list. */
  @WithDefault("127.0.0.1")
  String host();

  /** TCP port; 0 takes a free one. */
  @WithDefault("11112")
  int port();

  /** Who may call; without a rule, everybody who reaches the port. */
  List<Rule> allow();

  /** Private SOP classes that C-STORE takes beside the standard ones. */
  Optional<List<String>> privateSopClasses();

  /** Associations at once; one more is rejected. */
  @WithDefault("100")
  int maxAssociations();

  /** Associations at once with one calling AE title. */
  @WithDefault("100")
  int maxAssociationsPerPeer();

  /** Largest PDU. */
  @WithDefault("128K")
  MemorySize maxPdu();

  /** Operations outstanding at once on one association. */
  @WithDefault("16")
  int maxOperations();

  /** Longest wait for the association request. */
  @WithDefault("10S")
  Duration requestTimeout();

  /** Longest time without an operation. */
  @WithDefault("60S")
  Duration idleTimeout();

  /** Longest time for one PDU to come or to be taken. */
  @WithDefault("30S")
  Duration stallTimeout();

  /** Longest wait for a peer's answer. */
  @WithDefault("60S")
  Duration responseTimeout();

  Optional<Tls> tls();

  /** Other AEs that this one calls, by name. */
  Map<String, Peer> peers();

  /** One other AE. */
  interface Peer {
    String aeTitle();

    String host();

    int port();

    /** Whether it wants TLS; needs {@link DimseConfig#tls}. */
    @WithDefault("false")
    boolean tls();

    /** Whether to ask for storage commitment of what was sent. */
    @WithDefault("false")
    boolean commitment();

    /** How long its commitment may take until the object is sent and asked for anew. */
    @WithDefault("1H")
    Duration commitmentTimeout();

    /** How studies are fetched: by C-GET, or by C-MOVE to this AE. */
    @WithDefault("get")
    Retrieve retrieve();
  }

  /** How studies are fetched. */
  enum Retrieve {
    GET,
    MOVE
  }

  /** Who may call; all conditions that are given must hold. */
  interface Rule {
    /** Calling AE title. */
    String aeTitle();

    /** Addresses or blocks such as 10.1.0.0/16. */
    Optional<List<String>> addresses();

    /** SHA-256 of the peer's certificate, in hex; colons are let pass. */
    Optional<String> certificate();
  }

  /** TLS; PKCS #12 files. */
  interface Tls {
    /** Own key and certificate. */
    Path keyStore();

    String keyStorePassword();

    /** Certificates that peers are checked against. */
    Path trustStore();

    String trustStorePassword();

    /**
     * Whether peers must present a certificate; they must unless this says no. A default value here
     * would make the framework take the whole group as given.
     */
    Optional<Boolean> clientAuth();
  }
}
