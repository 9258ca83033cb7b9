package io.precordia.api;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A peer that gets results. */
public interface DestinationConfig {
  /** How it is reached. */
  Kind kind();

  /** Kinds of destinations. */
  enum Kind {
    FOLDER,
    DIMSE,
    STOW,
    MLLP
  }

  /** Of a folder: where the files go. */
  Optional<Path> folder();

  /**
   * Of DIMSE, STOW and MLLP: name of a peer in precordia.dimse.peers, precordia.dicomweb.peers or
   * precordia.hl7.peers.
   */
  Optional<String> peer();

  /** What it gets: sr, sc, pm, gsps, ecg-sr; MLLP gets one ORU message for each film and ECG. */
  @WithDefault("sr,ecg-sr")
  List<String> results();

  /** When it gets something. */
  @WithDefault("always")
  When when();

  /** Conditions. */
  enum When {
    /** Of every complete study with a film or ECG. */
    ALWAYS,
    /** If a finding other than a normal one is decided to be present. */
    FINDING,
    /** Only what is asked for by REST. */
    REQUEST
  }

  /** With when=finding: least probability of that finding. */
  @WithDefault("0.5")
  double threshold();

  /** After so many failures that might have passed a delivery is dead. */
  @WithDefault("12")
  int attempts();

  /** Pause after the first failure; it doubles from there. */
  @WithDefault("5S")
  Duration firstPause();

  /** Longest pause. */
  @WithDefault("1H")
  Duration longestPause();
}
