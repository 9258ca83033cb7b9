package io.precordia.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.precordia.store.OpaqueIds;
import io.precordia.workspace.catalogue.DicomSamples;
import java.util.Arrays;
import java.util.Random;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.Test;

/** The same data set is the same content, whoever wrote the file; anything else is not. */
final class ContentDigestTest {
  private final Attributes set = DicomSamples.radiograph("P", "1.2", "1.2.1", "1.2.1.1");
  private final byte[] file = DicomSamples.file(set);

  private static int dataSet(byte[] file) {
    return 144 + (file[140] & 0xFF) + ((file[141] & 0xFF) << 8);
  }

  @Test
  void fileMetaInformationDoesNotCount() {
    byte[] other = file.clone();
    other[0] = 'I'; // the preamble is the application's own
    int uid = indexOf(other, "1.2.840.10008.5.1.4.1.1.1"); // (0002,0002)
    other[uid] = '2';
    assertArrayEquals(ContentDigest.of(file), ContentDigest.of(other));
    byte[] changed = file.clone();
    changed[changed.length - 1] ^= 1;
    assertFalse(Arrays.equals(ContentDigest.of(file), ContentDigest.of(changed)));
  }

  @Test
  void transferSyntaxCounts() {
    byte[] other = file.clone();
    int syntax = indexOf(other, DicomSamples.EXPLICIT_LITTLE + "\0");
    other[syntax + DicomSamples.EXPLICIT_LITTLE.length() - 1] = '5';
    assertFalse(Arrays.equals(ContentDigest.of(file), ContentDigest.of(other)));
  }

  @Test
  void piecesOfAnySizeAreTheWhole() {
    Random random = new Random(3);
    for (int run = 0; run < 50; run++) {
      ContentDigest digest = new ContentDigest();
      for (int at = 0; at < file.length; ) {
        int step = Math.min(file.length - at, 1 + random.nextInt(run < 10 ? 3 : 400));
        digest.update(file, at, step);
        at += step;
      }
      assertArrayEquals(ContentDigest.of(file), digest.digest());
    }
  }

  @Test
  void whatIsNoGoodDicomFileIsItsBytes() {
    byte[] lying = file.clone(); // group length too long: it runs into the data set
    lying[140] += 10;
    for (byte[] bytes :
        new byte[][] {
          {}, {1, 2, 3}, Arrays.copyOf(file, 130), Arrays.copyOf(file, dataSet(file) - 1), lying
        }) {
      assertArrayEquals(OpaqueIds.sha256().digest(bytes), ContentDigest.of(bytes));
    }
    set.setString(Tag.PatientID, VR.LO, "Q");
    assertEquals(33, ContentDigest.of(DicomSamples.file(set)).length);
  }

  private static int indexOf(byte[] in, String what) {
    return new String(in, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(what);
  }
}
