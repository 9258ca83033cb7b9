package io.precordia.dicom.net;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this AE is and whom it admits.
 *
 * @param title its AE title
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param allowed who may call; empty for everybody
 * @param privateClasses private SOP classes that C-STORE takes beside the standard ones
 * @param tls null for plain connections
 */
public record DimseSettings(
    String title,
    String host,
    int port,
    List<AeRule> allowed,
    List<String> privateClasses,
    @Nullable TlsSettings tls,
    DimseLimits limits) {
  public DimseSettings {
    allowed = List.copyOf(allowed);
    privateClasses = List.copyOf(privateClasses);
  }
}
