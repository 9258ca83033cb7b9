package io.precordia.api;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** When a study counts as complete. */
public interface CompletionConfig {
  /** A study is complete when nothing has come for so long. */
  @WithDefault("30S")
  Duration quiet();

  /** How long to wait for the rest of a study of which more instances were announced. */
  @WithDefault("10M")
  Duration patience();

  /** Senders with rules of their own, by any name. */
  Map<String, Source> sources();

  /** Procedures of orders whose number of instances is known, by any name. */
  Map<String, Procedure> procedures();

  /** One sender, by site or by AE title. */
  interface Source {
    /** Institution or source, exactly as the instances have it. */
    Optional<String> site();

    /** Calling AE title; it goes before the site. */
    Optional<String> aeTitle();

    /** Its window, if another one. */
    Optional<Duration> quiet();

    /** How long to wait for the rest of its studies, if another time. */
    Optional<Duration> patience();

    /** How many instances each of its studies has, if that is always the same. */
    OptionalInt expected();
  }

  /** One procedure. */
  interface Procedure {
    /** Code of the procedure in the order (OBR-4.1). */
    String code();

    /** Its coding scheme (OBR-4.3), if only that one is meant. */
    Optional<String> scheme();

    /** How many instances it makes, reports left out. */
    int expected();
  }
}
