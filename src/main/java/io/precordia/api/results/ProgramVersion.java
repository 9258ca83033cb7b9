package io.precordia.api.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The program's version, as the build wrote it. */
final class ProgramVersion {
  private ProgramVersion() {}

  static String number() {
    Properties build = new Properties();
    try (InputStream in =
        ProgramVersion.class.getResourceAsStream("/precordia-version.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version", "unknown");
  }
}
