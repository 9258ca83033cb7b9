package io.precordia.dicom;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.result.DicomPeers;
import io.precordia.workspace.catalogue.DicomSamples;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a film of 2048 × 2048 pixels of 12 bits takes from its compressed form to stored values,
 * by each decoder; processor time of one thread, since other programs use the cores too.
 */
@Tag("bench")
class FilmDecodingBench {
  private static final int SIZE = 2048;
  private static final int ROUNDS = 15;
  @TempDir Path dir;

  /** Slow shades with the noise of a detector, and a border without. */
  private static byte[] film() {
    Attributes d = DicomSamples.radiograph("B", "1.8.1", "1.8.1.1", "1.8.1.1.1");
    d.setInt(org.aoju.bus.image.Tag.Rows, VR.US, SIZE);
    d.setInt(org.aoju.bus.image.Tag.Columns, VR.US, SIZE);
    Random random = new Random(1);
    byte[] pixels = new byte[2 * SIZE * SIZE];
    for (int i = 0; i < SIZE * SIZE; i++) {
      double x = i % SIZE / (double) SIZE - 0.5;
      double y = i / SIZE / (double) SIZE - 0.5;
      double v = 2000 + 1500 * Math.sin(8 * x) * Math.cos(6 * y) + 12 * random.nextGaussian();
      int value = Math.max(Math.abs(x), Math.abs(y)) > 0.47 ? 0 : (int) Math.clamp(v, 0, 4095);
      pixels[2 * i] = (byte) value;
      pixels[2 * i + 1] = (byte) (value >> 8);
    }
    d.setBytes(org.aoju.bus.image.Tag.PixelData, VR.OW, pixels);
    return DicomSamples.file(d);
  }

  @Test
  void everyDecoder() throws Exception {
    Path plain = Files.write(dir.resolve("film.dcm"), film());
    for (String command :
        List.of(
            "dcmcjpls",
            "dcmcjpls +en +md 2",
            "dcmcjpeg +e1",
            "dcmcjpeg +ee +bt",
            "gdcmconv --j2k",
            "dcmcrle")) {
      Path out = dir.resolve("out.dcm");
      List<String> all = new ArrayList<>(List.of(command.split(" ")));
      all.addAll(List.of(plain.toString(), out.toString()));
      DicomPeers.succeed(all.toArray(String[]::new));
      DicomObject object = DicomObject.parse(Files.readAllBytes(out));
      PixelFrame frame = PixelFrame.of(object);
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      double[] millis = new double[ROUNDS];
      long sum = 0;
      for (int i = 0; i < ROUNDS; i++) {
        long from = threads.getCurrentThreadCpuTime();
        sum += PixelReader.read(object, frame)[SIZE * SIZE / 2 + SIZE / 2];
        millis[i] = (threads.getCurrentThreadCpuTime() - from) / 1e6;
      }
      double first = millis[0];
      double[] warm = Arrays.copyOfRange(millis, ROUNDS / 3, ROUNDS);
      Arrays.sort(warm);
      System.out.printf(
          "%s: median %.0f ms, first %.0f ms, %.1f MB compressed (%d)%n",
          command, warm[warm.length / 2], first, Files.size(out) / 1e6, sum);
      assertTrue(warm[warm.length / 2] < 5000, command);
    }
  }
}
