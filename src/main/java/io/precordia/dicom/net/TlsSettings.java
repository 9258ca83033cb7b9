package io.precordia.dicom.net;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Own certificate and whom to trust, as PKCS #12 files.
 *
 * @param keyStore own key and certificate chain; null for none (a requestor without a certificate)
 * @param trustStore certificates (of authorities) that peers are checked against
 * @param mutual whether a peer that calls must present a certificate
 */
public record TlsSettings(
    @Nullable Path keyStore,
    @Nullable String keyPassword,
    Path trustStore,
    String trustPassword,
    boolean mutual) {
  // passwords must not come into a log
  @Override
  public String toString() {
    return "TlsSettings[mutual=" + mutual + "]";
  }
}
