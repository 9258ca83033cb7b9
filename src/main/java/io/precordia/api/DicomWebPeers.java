package io.precordia.api;

import io.precordia.dicomweb.DicomWebClient;
import io.precordia.dicomweb.DicomWebPeer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The configured archives that speak DICOMweb. */
@ApplicationScoped
public class DicomWebPeers implements StudySource {
  private final PrecordiaConfig config;

  DicomWebPeers(PrecordiaConfig config) {
    this.config = config;
  }

  /**
   * A client of a configured archive; the caller closes it.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  public Optional<DicomWebClient> client(String name) {
    DicomWebConfig.Peer peer = config.dicomweb().peers().get(name);
    return peer == null
        ? Optional.empty()
        : Optional.of(
            new DicomWebClient(
                new DicomWebPeer(
                    name,
                    peer.url(),
                    peer.authorizationFile().map(DicomWebPeers::secret).orElse(null),
                    peer.timeout()),
                config.upload().maxFile().asLongValue()));
  }

  @Override
  public Optional<Integer> fetch(String peer, String study, Consumer<byte[]> sink) {
    @Nullable DicomWebClient client = client(peer).orElse(null);
    if (client == null) {
      return Optional.empty();
    }
    try (client) {
      return Optional.of(client.retrieve("/studies/" + study, sink));
    }
  }

  private static String secret(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "an authorization-file of a DICOMweb peer cannot be read",
          e);
    }
  }
}
