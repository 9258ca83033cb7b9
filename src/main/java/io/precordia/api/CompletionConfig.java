package io.precordia.api;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** When a study counts as complete. */
public interface CompletionConfig {
  /** A study is complete when nothing has come for so long. */
  @WithDefault("30S")
  Duration quiet();

  /** How long to wait for the rest of a study of which more instances were announced. */
  @WithDefault("10M")
  Duration patience();

  /** Senders with a window of their own, by any name. */
  Map<String, Source> sources();

  /** One sender. */
  interface Source {
    /** Institution or source, exactly as the instances have it. */
    String site();

    /** Its window. */
    Duration quiet();
  }
}
