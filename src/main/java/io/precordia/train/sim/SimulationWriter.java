package io.precordia.train.sim;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.dicom.write.EcgWaveformWriter;
import io.precordia.dicom.write.RadiographWriter;
import io.precordia.dicom.write.TextReportWriter;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.text.OruMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Writes simulated studies as files: per study a folder with a DICOM X-ray (CR and DX by turns), a
 * DICOM 12-lead ECG, the report as text and as HL7 ORU^R01 or Basic Text SR by turns, and {@code
 * truth.json}. The same seed gives the same bytes. Thread-safe.
 */
public final class SimulationWriter {
  /** Size of exported radiographs. */
  public static final int EXPORT_SIZE = 512;

  private final ChestSimulator simulator = new ChestSimulator();
  private final RadiographWriter radiographs = new RadiographWriter();
  private final EcgWaveformWriter ecgs = new EcgWaveformWriter();
  private final TextReportWriter reports = new TextReportWriter();
  private final ObjectMapper json = new ObjectMapper();
  private final int size;

  public SimulationWriter() {
    this(EXPORT_SIZE);
  }

  /**
   * @param size columns and rows of the radiographs, 32 to 4096
   */
  public SimulationWriter(int size) {
    this.size = size;
  }

  /**
   * Writes studies 0 to {@code count - 1} below {@code out}, in parallel.
   *
   * @param progress called with the number of studies done so far, from several threads
   * @throws PrecordiaException INVALID_ARGUMENT for a count outside 1 to 1,000,000; STORAGE_FULL if
   *     a file cannot be written
   */
  public void write(Path out, long seed, int count, IntConsumer progress) {
    if (count < 1 || count > 1_000_000) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "count must be 1 to 1000000, not " + count);
    }
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              writeStudy(out.resolve(folder(seed, i)), seed, i);
              progress.accept(done.incrementAndGet());
            });
  }

  /** Name of the folder of one study. */
  public static String folder(long seed, long index) {
    return String.format(Locale.ROOT, "study-%d-%06d", seed, index);
  }

  /**
   * Writes one study into its folder, which is made if needed; files of the same names are
   * replaced.
   */
  public void writeStudy(Path folder, long seed, long index) {
    SimulatedStudy study = simulator.study(seed, index, size);
    ChestState state = study.state();
    SimulatedIdentity identity = SimulatedIdentity.of(state);
    Map<String, String> files = new LinkedHashMap<>();
    try {
      Files.createDirectories(folder);
      put(
          folder,
          files,
          "xray",
          "xray.dcm",
          o ->
              radiographs.write(
                  o, identity.object(state, "xray", 1), RadiographExport.of(state, study.image())));
      put(
          folder,
          files,
          "ecg",
          "ecg.dcm",
          o -> ecgs.write(o, identity.object(state, "ecg", 2), study.ecg()));
      put(folder, files, "report", "report.txt", o -> o.write(utf8(study.text().whole())));
      if (index % 2 == 0) {
        put(
            folder,
            files,
            "reportHl7",
            "report.hl7",
            o -> o.write(utf8(oru(identity, state).render(study.text()))));
      } else {
        put(
            folder,
            files,
            "reportSr",
            "report-sr.dcm",
            o -> reports.write(o, identity.object(state, "report", 3), study.report()));
      }
      byte[] truth =
          json.writerWithDefaultPrettyPrinter().writeValueAsBytes(Truth.of(study, identity, files));
      Files.write(folder.resolve("truth.json"), truth);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL,
          "cannot write a simulated study: check that the output folder is writable and has space",
          e);
    }
  }

  private static OruMessage oru(SimulatedIdentity identity, ChestState state) {
    return new OruMessage(
        "SIM" + identity.accession(),
        identity.patientId(),
        SimulatedIdentity.ISSUER,
        identity.name(),
        DateTimeFormatter.BASIC_ISO_DATE.format(identity.birth()),
        state.sex().code(),
        identity.accession(),
        identity.studyUid(),
        identity.taken());
  }

  private interface Body {
    void write(OutputStream out) throws IOException;
  }

  private static void put(
      Path folder, Map<String, String> files, String role, String name, Body body)
      throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16)) {
      body.write(out);
    }
    files.put(role, name);
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }
}
