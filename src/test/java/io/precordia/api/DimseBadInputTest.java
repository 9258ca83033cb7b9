package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.DimseLimits;
import io.precordia.dicom.net.DimseSettings;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.Refusal;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.StoreScu;
import io.precordia.dicom.net.TestObjects;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must be refused, with the standard's own answer, and the rest of the association unharmed.
 */
final class DimseBadInputTest {
  private static final FileToSend GOOD =
      TestObjects.file(TestObjects.CR, TestObjects.EXPLICIT, 1, 5_000);

  @TempDir Path dir;
  private DimseService service;

  @BeforeEach
  void open() {
    service = new DimseService(dir.resolve("data"));
  }

  /** One that waits so long for a request, between PDUs, and for the rest of a PDU. */
  private DimseService impatient(Duration request, Duration idle, Duration stall) {
    DimseLimits d = DimseLimits.DEFAULT;
    DimseLimits limits = new DimseLimits(10, 10, d.pdu(), 4, request, idle, stall);
    return new DimseService(
        dir.resolve("impatient" + request.toMillis()),
        s -> new DimseSettings(s.title(), s.host(), 0, List.of(), List.of(), null, limits));
  }

  @AfterEach
  void close() {
    service.close();
  }

  private List<Integer> send(FileToSend... files) {
    return new StoreScu(service.requestor)
        .send(service.address(), List.of(files)).stream().map(StoreOutcome::status).toList();
  }

  private static FileToSend withDataSet(byte[] file) {
    return new FileToSend(GOOD.object(), GOOD.transferSyntax(), file);
  }

  private static byte[] cut(int bytes) {
    return Arrays.copyOf(GOOD.file(), GOOD.file().length - bytes);
  }

  @Test
  void answersEachObjectByItself() {
    FileToSend truncated = withDataSet(cut(100));
    FileToSend otherInstance =
        new FileToSend(
            new ObjectUids(GOOD.object().sopClass(), "1.2.3.999"),
            GOOD.transferSyntax(),
            GOOD.file());
    FileToSend traversal =
        new FileToSend(
            new ObjectUids(GOOD.object().sopClass(), "../../../etc/passwd"),
            GOOD.transferSyntax(),
            GOOD.file());
    assertEquals(
        List.of(0xC000, 0xA900, 0x0117, 0x0000), send(truncated, otherInstance, traversal, GOOD));
  }

  @Test
  void refusesWhatCannotBeUnderstood() {
    byte[] huge = GOOD.file().clone(); // the pixel data claims 4 GiB - 2
    int at = indexOf(huge, new byte[] {(byte) 0xE0, 0x7F, 0x10, 0x00, 'O', 'W', 0, 0});
    ByteBuffer.wrap(huge).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(at + 8, 0xFFFFFFFE);
    byte[] unclosed = GOOD.file().clone(); // fragments without an end
    ByteBuffer.wrap(unclosed).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(at + 8, -1);
    byte[] noVr = GOOD.file().clone();
    noVr[at + 4] = 3;
    Attributes deep = new Attributes();
    Attributes inner = deep;
    for (int i = 0; i < 500; i++) {
      Attributes next = new Attributes();
      inner.newSequence(Tag.ContentSequence, 1).add(next);
      inner = next;
    }
    Attributes nested = TestObjects.dataset(TestObjects.CR, 1, 100);
    nested.addAll(deep);
    assertEquals(
        List.of(0xC000, 0xC000, 0xC000, 0xC000, 0),
        send(
            withDataSet(huge),
            withDataSet(unclosed),
            withDataSet(noVr),
            TestObjects.of(nested, TestObjects.EXPLICIT),
            GOOD));
  }

  @Test
  void warnsOfTagsThatComeTwice() {
    byte[] file = GOOD.file();
    int at = indexOf(file, new byte[] {0x10, 0x00, 0x20, 0x00, 'L', 'O'});
    int length = 8 + file[at + 6];
    byte[] twice = new byte[file.length + length];
    System.arraycopy(file, 0, twice, 0, at + length);
    System.arraycopy(file, at, twice, at + length, file.length - at);
    assertEquals(List.of(0xB007), send(withDataSet(twice)));
  }

  @Test
  void refusesAnObjectThatDoesNotSayWhatItIs() {
    Attributes nameless = TestObjects.dataset(TestObjects.CR, 1, 100);
    nameless.remove(Tag.SOPInstanceUID);
    FileToSend built = TestObjects.of(with(nameless), TestObjects.EXPLICIT);
    assertEquals(List.of(0x0000), send(built));
    Attributes wrong = TestObjects.dataset(TestObjects.ECG, 1, 100);
    FileToSend other = TestObjects.of(wrong, TestObjects.EXPLICIT);
    assertEquals(
        List.of(0xA900),
        send(
            new FileToSend(
                new ObjectUids(TestObjects.CR, other.object().sopInstance()),
                other.transferSyntax(),
                other.file())));
  }

  private static Attributes with(Attributes d) {
    d.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.77");
    return d;
  }

  @Test
  void closesOnSilence() throws Exception {
    Duration longEnough = Duration.ofSeconds(60);
    Duration moment = Duration.ofMillis(600);
    try (DimseService hasty = impatient(moment, longEnough, longEnough);
        RawAssociation silent = RawAssociation.connect(hasty.server.port())) {
      assertEnds(silent); // no request: ARTIM
    }
    try (DimseService hasty = impatient(longEnough, longEnough, moment);
        RawAssociation truncated = RawAssociation.open(hasty.server.port())) {
      assertEquals(2, truncated.answer());
      truncated.send(new byte[] {4, 0, 0, 0, 1, 0, 0, 0, 0, (byte) 0xFA, 1, 3});
      assertEnds(truncated); // the rest never comes
      hasty.awaitRefusal(Refusal.TIMEOUT);
    }
  }

  @Test
  void closesOnDamagedPdus() throws Exception {
    int port = service.server.port();
    try (RawAssociation long_ = RawAssociation.open(port)) {
      assertEquals(2, long_.answer());
      long_.send(new byte[] {4, 0, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
      assertEquals(7, long_.answer());
    }
    try (RawAssociation unknown = RawAssociation.connect(port)) {
      unknown.send(new byte[] {0x55, 0, 0, 0, 0, 4, 0, 0, 0, 0});
      assertEquals(7, unknown.answer());
    }
    try (RawAssociation wrongContext = RawAssociation.open(port)) {
      assertEquals(2, wrongContext.answer());
      wrongContext.send(RawAssociation.pdu(4, new byte[] {0, 0, 0, 4, 99, 3, 0, 0}));
      assertEquals(7, wrongContext.answer());
    }
    try (RawAssociation tiny = RawAssociation.connect(port)) {
      byte[] request = RawAssociation.request("PRECORDIA", "RAWSCU");
      int at = indexOf(request, new byte[] {0x51, 0, 0, 4});
      request[at + 6] = 0;
      request[at + 7] = 1; // PDUs of one byte
      tiny.send(request);
      assertEquals(3, tiny.answer());
    }
    assertEquals(List.of(0), send(GOOD));
  }

  private static void assertEnds(RawAssociation raw) throws Exception {
    int type = raw.answer();
    assertTrue(type == -1 || type == 7, "" + type);
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
