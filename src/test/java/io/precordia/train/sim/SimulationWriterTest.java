package io.precordia.train.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationWriterTest {
  private static final int COUNT = 4;
  private static final int SIZE = 128;
  private static final AtomicInteger STEPS = new AtomicInteger();

  @TempDir static Path out;

  @BeforeAll
  static void write() {
    new SimulationWriter(SIZE).write(out, 9, COUNT, done -> STEPS.incrementAndGet());
  }

  @Test
  void everyStudyIsCompleteAndProgressIsTold() throws IOException {
    assertEquals(COUNT, STEPS.get());
    for (int i = 0; i < COUNT; i++) {
      Path folder = out.resolve(SimulationWriter.folder(9, i));
      JsonNode truth = new ObjectMapper().readTree(folder.resolve("truth.json").toFile());
      SimulatedStudy study = new ChestSimulator().study(9, i, SIZE);
      assertEquals(study.state().findings().size(), truth.get("findings").size());
      assertEquals(study.image().masks().size(), truth.get("xray").get("masks").size());
      for (JsonNode mask : truth.get("xray").get("masks")) {
        int sum = 0;
        for (JsonNode run : mask.get("counts")) {
          sum += run.asInt();
        }
        assertEquals(SIZE * SIZE, sum);
      }
      assertEquals(study.text().whole(), Files.readString(folder.resolve("report.txt")));
      for (JsonNode file : truth.get("files")) {
        assertTrue(Files.size(folder.resolve(file.asText())) > 0);
      }
      assertEquals(i % 2 == 0, Files.exists(folder.resolve("report.hl7")));
      assertEquals(i % 2 == 1, Files.exists(folder.resolve("report-sr.dcm")));
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes(@TempDir Path again) throws IOException {
    new SimulationWriter(SIZE).writeStudy(again, 9, 1);
    try (Stream<Path> files = Files.list(again)) {
      for (Path f : files.toList()) {
        assertArrayEquals(
            Files.readAllBytes(out.resolve(SimulationWriter.folder(9, 1)).resolve(f.getFileName())),
            Files.readAllBytes(f));
      }
    }
  }

  @Test
  void anImpossibleCountIsRefused() {
    PrecordiaException e =
        assertThrows(
            PrecordiaException.class, () -> new SimulationWriter().write(out, 1, 0, done -> {}));
    assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
  }

  @Test
  void dciodvfyFindsNoError() throws Exception {
    for (Path f : dicomFiles()) {
      String said = run("dciodvfy", f.toString());
      assertFalse(said.contains("Error"), f.getFileName() + ": " + said);
    }
  }

  @Test
  void dcmtkRendersEachRadiographAsItWasSimulated() throws Exception {
    for (int i = 0; i < COUNT; i++) {
      Path png = out.resolve("rendered-" + i + ".png");
      run(
          "dcm2pnm",
          "--write-png",
          "+Wi",
          "1",
          out.resolve(SimulationWriter.folder(9, i)).resolve("xray.dcm").toString(),
          png.toString());
      BufferedImage image = ImageIO.read(png.toFile());
      Pixels wanted = new ChestSimulator().study(9, i, SIZE).pixels();
      double worst = 0;
      for (int p = 0; p < SIZE * SIZE; p++) {
        worst =
            Math.max(
                worst,
                Math.abs(
                    image.getRaster().getSample(p % SIZE, p / SIZE, 0) / 255.0
                        - wanted.values()[p]));
      }
      assertTrue(worst < 0.01, "study " + i + " differs by " + worst);
    }
  }

  @Test
  void pydicomReadsTheVoltagesBack() throws Exception {
    String script =
        "import sys,pydicom\n"
            + "d=pydicom.dcmread(sys.argv[1]); a=d.waveform_array(0)\n"
            + "g=d.WaveformSequence[0]\n"
            + "print(a.shape[0],a.shape[1],float(g.SamplingFrequency),int(abs(a[:,0]+a[:,2]-a[:,1]).max()))\n"
            + "print(' '.join('%.0f'%v for v in a[1000]))\n"
            + "print('|'.join(c.ChannelSourceSequence[0].CodeMeaning for c in g.ChannelDefinitionSequence))\n";
    Path file = out.resolve(SimulationWriter.folder(9, 0)).resolve("ecg.dcm");
    String[] said = run("/usr/bin/python3", "-c", script, file.toString()).split("\n");
    assertEquals("5000 12 500.0 0", said[0]);
    float[][] mv = new ChestSimulator().study(9, 0, SIZE).ecg().millivolts();
    String[] values = said[1].split(" ");
    for (int k = 0; k < 12; k++) {
      assertEquals(mv[k][1000] * 1000, Float.parseFloat(values[k]), 1.01);
    }
    assertEquals(
        "Lead I|Lead II|Lead III|Lead aVR|Lead aVL|Lead aVF|Lead V1|Lead V2|Lead V3|Lead V4|Lead V5|Lead V6",
        said[2]);
  }

  private static List<Path> dicomFiles() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("peer", ".log");
    try {
      List<String> line = new ArrayList<>(List.of(command));
      Process p;
      try {
        p = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      } catch (IOException absent) {
        Assumptions.abort(command[0] + " is not installed");
        throw absent;
      }
      int code = p.waitFor();
      String said = Files.readString(log, StandardCharsets.UTF_8);
      Assumptions.assumeFalse(said.contains("No module named"), "pydicom is not installed");
      assertTrue(code == 0 || command[0].equals("dciodvfy"), command[0] + ": " + said);
      return said;
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
