package io.precordia.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names that the versions of one report have in common: digests, so that they tell nothing. */
final class ReportName {
  private ReportName() {}

  /**
   * @param kind of message that the report came in
   * @param parts that are the same in every version
   */
  static String of(String kind, String... parts) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
      return kind + "-report-" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
