package io.precordia.api;

import io.precordia.dicom.write.ObjectIdentity;
import io.precordia.dicom.write.Radiograph;
import io.precordia.dicom.write.RadiographWriter;
import io.precordia.dicom.write.TextReportWriter;
import io.precordia.study.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Random;

/** Objects about a patient with a name that can be looked for. */
public final class IdentifiedSamples {
  public static final String FAMILY = "Quixotica";
  public static final String ID = "QX-48151623";

  private IdentifiedSamples() {}

  private static ObjectIdentity identity(int object, int kind) {
    return new ObjectIdentity(
        FAMILY + "^Dulcinea",
        ID,
        "MANCHA",
        "F",
        93,
        LocalDate.of(1930, 2, 3),
        LocalDate.of(2023, 5, 17),
        LocalTime.of(10, 11, 12),
        "1.2.826.0.1.3680043.2.1125.77." + object,
        "1.2.826.0.1.3680043.2.1125.78." + object + "." + kind,
        "1.2.826.0.1.3680043.2.1125.79." + object + "." + kind,
        1,
        "QXACC" + object,
        "Chest of " + FAMILY);
  }

  /** A computed radiograph of noise, 96 pixels a side. */
  public static byte[] film(int object) {
    Random random = new Random(object);
    short[] stored = new short[96 * 96];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (short) (i % 96 * 30 + random.nextInt(200));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new RadiographWriter()
          .write(
              out,
              identity(object, 1),
              new Radiograph(
                  Radiograph.Kind.COMPUTED,
                  96,
                  96,
                  stored,
                  12,
                  false,
                  new double[] {2048},
                  new double[] {4096},
                  new String[] {"NORMAL"},
                  1,
                  "PA"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A structured report whose text names the patient. */
  public static byte[] report(int object) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new TextReportWriter()
          .write(
              out,
              identity(object, 2),
              new Report(
                  "",
                  "Mrs Dulcinea " + FAMILY + " has a small effusion.",
                  "Effusion. " + ID + " to be seen again."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** An ORU^R01 whose text names patient and physician without a title. */
  public static byte[] message() {
    return String.join(
            "\r",
            "MSH|^~\\&|RIS|MANCHA|PRECORDIA||20230517101112||ORU^R01|QX1|P|2.3",
            "PID|1||" + ID + "^^^MANCHA||" + FAMILY + "^DULCINEA||19300203|F",
            "PV1|1|I|||||4711^CERVANTES^MIGUEL",
            "OBR|1||QXACC9|71020^CHEST|||20230517",
            "OBX|1|TX|GDT||Findings: dulcinea "
                + FAMILY.toLowerCase(java.util.Locale.ROOT)
                + " has a small effusion, as cervantes asked.||||||F",
            "")
        .getBytes(StandardCharsets.UTF_8);
  }
}
