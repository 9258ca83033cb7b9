package io.precordia.dicom.net;

/**
 * Another AE.
 *
 * @param title its AE title
 * @param tls whether it wants TLS
 */
public record PeerAddress(String title, String host, int port, boolean tls) {}
