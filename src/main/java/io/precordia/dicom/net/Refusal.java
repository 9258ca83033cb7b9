package io.precordia.dicom.net;

/** Why an association was not accepted, or ended by us. */
public enum Refusal {
  /** Called AE title not recognized. */
  CALLED_TITLE,
  /** Calling AE title not recognized, or not from this address or with this certificate. */
  CALLING_TITLE,
  /** Too many associations. */
  LIMIT,
  /** No DICOM application context, or another protocol version. */
  PROTOCOL,
  /** No TLS handshake. */
  TLS,
  /** A PDU that is too long, unknown, damaged or out of turn. */
  MALFORMED,
  /** The peer was silent, or did not take what was sent, for too long. */
  TIMEOUT;

  /** Lower case with hyphens. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
