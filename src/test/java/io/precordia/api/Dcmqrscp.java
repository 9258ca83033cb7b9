package io.precordia.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** DCMTK's archive, AE title ARCHIVE, that knows us as PRECORDIA. */
final class Dcmqrscp {
  private Dcmqrscp() {}

  /**
   * @param folder for its configuration, log and objects
   * @param port that it listens on
   * @param own port that it sends to when we ask it to
   */
  static Programs start(Path folder, int port, int own) throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("qr.cfg"),
            """
            NetworkTCPPort = %d
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            us = (PRECORDIA, 127.0.0.1, %d)
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            ARCHIVE %s RW (200, 1024mb) ANY
            AETable END
            """
                .formatted(port, own, Files.createDirectory(folder.resolve("archive"))));
    return Programs.start(
        folder.resolve("qr.log"), port, "dcmqrscp", "-c", config.toString(), "" + port);
  }
}
