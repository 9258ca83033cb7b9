package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.precordia.study.Ecg;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real PTB-XL records (Wagner et al., 2020): every checksum, and the preprocessing chain against
 * its published array.
 */
class PtbXlTest {
  private static final Path DATA = Path.of("..", "shared", "data", "ecg", "ptbxl");

  @BeforeAll
  static void needsData() {
    assumeTrue(Files.isDirectory(DATA), "needs ../shared/data/ecg/ptbxl");
  }

  static Recording record(Path header) throws IOException {
    byte[] hea = Files.readAllBytes(header);
    String name = header.getFileName().toString().replace(".hea", ".dat");
    return WfdbReader.read(hea, Map.of(name, Files.readAllBytes(header.resolveSibling(name))));
  }

  @Test
  void everyRawRecordReadsWithItsChecksums() throws IOException {
    int n = 0;
    for (String folder : List.of("records500", "records100")) {
      try (Stream<Path> files = Files.list(DATA.resolve("raw").resolve(folder))) {
        for (Path header : files.filter(f -> f.toString().endsWith(".hea")).toList()) {
          Ecg ecg = EcgAssembler.assemble(record(header).raw());
          assertEquals(10.0, ecg.seconds(), 1e-9);
          for (boolean p : ecg.present()) {
            assertTrue(p);
          }
          n++;
        }
      }
    }
    assertEquals(240, n);
  }

  @Test
  void preparedSignalsEqualThePublishedArray() throws IOException {
    EcgPreprocessor preprocessor = new EcgPreprocessor();
    double worst = 0;
    double worstCorrelation = 1;
    int compared = 0;
    try (RandomAccessFile npy = new RandomAccessFile(DATA.resolve("signals.npy").toFile(), "r")) {
      long offset = npy.length() - 2280L * 12 * 1000 * 2;
      for (String line : Files.readAllLines(DATA.resolve("manifest.csv")).subList(1, 2281)) {
        String[] cells = line.split(",", 3);
        int id = Integer.parseInt(cells[1]);
        if (id > 40 || !line.endsWith(",raw")) {
          continue;
        }
        byte[] bytes = new byte[24000];
        npy.seek(offset + 24000L * Integer.parseInt(cells[0]));
        npy.readFully(bytes);
        float[] mine =
            preprocessor.prepare(
                EcgAssembler.assemble(
                    record(DATA.resolve("raw/records500/%05d_hr.hea".formatted(id))).raw()));
        ByteBuffer ref = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double dot = 0;
        double a2 = 0;
        double b2 = 0;
        double error = 0;
        for (int i = 0; i < 12000; i++) {
          double r = ref.getShort(2 * i) / 1000.0;
          error += (mine[i] - r) * (mine[i] - r);
          dot += mine[i] * r;
          a2 += mine[i] * mine[i];
          b2 += r * r;
        }
        worst = Math.max(worst, Math.sqrt(error / 12000));
        worstCorrelation = Math.min(worstCorrelation, dot / Math.sqrt(a2 * b2));
        compared++;
      }
    }
    System.out.printf(
        "PTB-XL chain: %d records, worst RMS error %.6f, worst correlation %.8f%n",
        compared, worst, worstCorrelation);
    assertTrue(compared >= 30, "compared " + compared);
    // 1/1000 is the array's own quantisation step: its RMS is 0.00029
    assertTrue(worst < 0.0005, "RMS error " + worst);
    assertTrue(worstCorrelation > 0.999999, "correlation " + worstCorrelation);
  }
}
