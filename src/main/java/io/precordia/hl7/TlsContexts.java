package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS from PKCS #12 files. */
public final class TlsContexts {
  private TlsContexts() {}

  /**
   * @param keys own key and certificate; null for a client without one
   * @param trust certificates that peers are checked against; null for the runtime's own
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  public static SSLContext of(
      @Nullable Path keys,
      @Nullable String keysPassword,
      @Nullable Path trust,
      @Nullable String trustPassword) {
    try {
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys == null ? null : load(keys, keysPassword), characters(keysPassword));
      TrustManagerFactory peers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      peers.init(trust == null ? null : load(trust, trustPassword));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), peers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "a key store of precordia.hl7.tls cannot be read; it must be PKCS #12 with the password given",
          e);
    }
  }

  private static KeyStore load(Path file, @Nullable String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, characters(password));
    }
    return store;
  }

  private static char[] characters(@Nullable String password) {
    return password == null ? new char[0] : password.toCharArray();
  }
}
