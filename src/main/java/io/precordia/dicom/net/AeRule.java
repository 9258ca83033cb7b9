package io.precordia.dicom.net;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call. All that a rule states must hold.
 *
 * @param title calling AE title
 * @param addresses the peer's address lies in one of them; empty for any
 * @param certificate SHA-256 of the peer's certificate, 64 lower-case hex digits; null for any
 */
public record AeRule(String title, List<AddressRange> addresses, @Nullable String certificate) {
  public AeRule {
    addresses = List.copyOf(addresses);
  }

  boolean admits(String calling, InetAddress address, @Nullable String presented) {
    return title.equals(calling)
        && (addresses.isEmpty() || addresses.stream().anyMatch(r -> r.contains(address)))
        && (certificate == null || certificate.equals(presented));
  }
}
