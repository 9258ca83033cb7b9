package io.precordia.dicom.net;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS as the Non-Downgrading BCP 195 profile has it (PS3.15 B.9, RFC 9325): versions 1.2 and 1.3,
 * suites with forward secrecy and authenticated encryption only. Thread-safe.
 */
final class TlsContext {
  static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");

  private final SSLContext context;
  private final boolean mutual;

  TlsContext(TlsSettings settings) {
    this.mutual = settings.mutual();
    try {
      KeyManager @Nullable [] keys = null;
      Path own = settings.keyStore();
      if (own != null) {
        char[] password = chars(settings.keyPassword());
        KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(own, password), password);
        keys = factory.getKeyManagers();
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(settings.trustStore(), settings.trustPassword().toCharArray()));
      this.context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
    } catch (IOException | GeneralSecurityException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "a key store or trust store of the DICOM TLS settings cannot be opened (PKCS #12 and its password are needed)",
          e);
    }
  }

  private static char[] chars(@Nullable String password) {
    return password == null ? new char[0] : password.toCharArray();
  }

  private static KeyStore load(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  /** The secured side of an accepted connection, after its handshake. */
  SSLSocket accepted(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    socket.setUseClientMode(false);
    restrict(socket);
    socket.setNeedClientAuth(mutual);
    socket.startHandshake();
    return socket;
  }

  /** The secured side of a connection that was opened to this host, after its handshake. */
  SSLSocket opened(Socket plain, String host, boolean verifyHost) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
    restrict(socket);
    if (verifyHost) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }

  private static void restrict(SSLSocket socket) {
    List<String> known = List.of(socket.getSupportedCipherSuites());
    socket.setEnabledProtocols(PROTOCOLS.toArray(String[]::new));
    socket.setEnabledCipherSuites(SUITES.stream().filter(known::contains).toArray(String[]::new));
  }

  /** SHA-256 of the peer's certificate as 64 hex digits; null if it presented none. */
  static @Nullable String fingerprint(SSLSocket socket) {
    try {
      Certificate[] chain = socket.getSession().getPeerCertificates();
      return HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      return null;
    }
  }
}
