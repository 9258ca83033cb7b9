package io.precordia.api;

import io.precordia.dicom.net.AddressRange;
import io.precordia.dicom.net.AeRule;
import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.TlsSettings;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The configuration of DICOM over the network as the door takes it. */
final class DimseSetup {
  private static final Pattern TITLE =
      Pattern.compile(
          "[\\x21-\\x5B\\x5D-\\x7E]([\\x20-\\x5B\\x5D-\\x7E]{0,14}[\\x21-\\x5B\\x5D-\\x7E])?");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)+");

  private DimseSetup() {}

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  static DimseSettings settings(DimseConfig config) {
    List<String> classes = config.privateSopClasses().orElse(List.of());
    for (String uid : classes) {
      if (uid.length() > 64 || !UID.matcher(uid).matches()) {
        throw invalid("precordia.dimse.private-sop-classes has an entry that is no UID");
      }
    }
    if (config.port() < 0 || config.port() > 65535) {
      throw invalid("precordia.dimse.port must be 0 to 65535");
    }
    return new DimseSettings(
        title("precordia.dimse.ae-title", config.aeTitle()),
        config.host(),
        config.port(),
        config.allow().stream().map(DimseSetup::rule).toList(),
        classes,
        config.tls().map(DimseSetup::tls).orElse(null),
        limits(config));
  }

  private static AeRule rule(DimseConfig.Rule rule) {
    String certificate =
        rule.certificate().map(c -> c.replace(":", "").toLowerCase(Locale.ROOT)).orElse(null);
    if (certificate != null && !FINGERPRINT.matcher(certificate).matches()) {
      throw invalid(
          "precordia.dimse.allow: a certificate is given by the 64 hex digits of its SHA-256");
    }
    return new AeRule(
        title("precordia.dimse.allow", rule.aeTitle()),
        rule.addresses().orElse(List.of()).stream().map(AddressRange::of).toList(),
        certificate);
  }

  static TlsSettings tls(DimseConfig.Tls tls) {
    return new TlsSettings(
        tls.keyStore(),
        tls.keyStorePassword(),
        tls.trustStore(),
        tls.trustStorePassword(),
        tls.clientAuth().orElse(true));
  }

  private static DimseLimits limits(DimseConfig config) {
    try {
      return new DimseLimits(
          config.maxAssociations(),
          config.maxAssociationsPerPeer(),
          Math.toIntExact(config.maxPdu().asLongValue()),
          config.maxOperations(),
          config.requestTimeout(),
          config.idleTimeout(),
          config.stallTimeout());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(
          "precordia.dimse: a limit is out of range (max-pdu 4K to 1M, everything else at least 1)");
    }
  }

  static String title(String key, String title) {
    if (!TITLE.matcher(title).matches()) {
      throw invalid(key + " must be an AE title: 1 to 16 printable characters, no backslash");
    }
    return title;
  }

  private static PrecordiaException invalid(String message) {
    return new PrecordiaException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
