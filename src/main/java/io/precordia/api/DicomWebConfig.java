package io.precordia.api;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DICOMweb, under {@code precordia.dicomweb.}. */
public interface DicomWebConfig {
  /**
   * Origins whose pages may use the service from a browser, for example a viewer's; none by
   * default.
   */
  Optional<List<String>> corsOrigins();

  /** Archives that studies are fetched from and results are sent to, by name. */
  Map<String, Peer> peers();

  /** One archive. */
  interface Peer {
    /** URL above its studies resource, for example https://archive:8042/dicom-web. */
    URI url();

    /** File with the value of the Authorization header, for example "Bearer ..." or "Basic ...". */
    Optional<Path> authorizationFile();

    /** Longest wait for an answer to begin. */
    @WithDefault("120S")
    Duration timeout();
  }
}
