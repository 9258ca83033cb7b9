package io.precordia.dicomweb;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An archive that speaks DICOMweb.
 *
 * @param name by which the configuration and commands call it
 * @param root URL above its {@code studies} resource
 * @param authorization value of the Authorization header, or null; a secret
 * @param timeout longest wait for an answer to begin
 */
public record DicomWebPeer(
    String name, URI root, @Nullable String authorization, Duration timeout) {
  public DicomWebPeer {
    boolean http = "http".equals(root.getScheme()) || "https".equals(root.getScheme());
    if (!http || root.getHost() == null || root.getQuery() != null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "the URL of a DICOMweb peer must be like https://archive:8042/dicom-web");
    }
  }

  /** A resource below the root. */
  URI at(String path) {
    return URI.create(root.toString().replaceAll("/+$", "") + path);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "DicomWebPeer[" + name + "]";
  }
}
