package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomMutator;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.net.StatusCode;
import io.precordia.dicom.net.StoreOutcome;
import io.precordia.dicom.net.TestObjects;
import io.precordia.ingest.Part;
import io.precordia.ingest.Receipt;
import io.precordia.ingest.Submission;
import io.precordia.study.Identity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageInputStream;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/** Damaged objects and damaged PDUs against the DICOM door. */
final class MutantCampaign {
  private static final int BATCH = 25;
  private static final String CR = TestObjects.CR;
  private final Path data;

  MutantCampaign(Path data) {
    this.data = data;
  }

  /** Every mutant is answered, and what is answered as stored is kept bit by bit. */
  Map<String, Integer> objects(int count, long seed) throws Exception {
    System.out.println("mutated objects by C-STORE: " + count + ", seed " + seed);
    DicomMutator mutator = new DicomMutator(seed);
    Map<String, Integer> statuses = new TreeMap<>();
    try (DimseService service = new DimseService(data)) {
      for (int from = 0; from < count; from += BATCH) {
        List<FileToSend> batch = new ArrayList<>();
        for (int i = from; i < Math.min(count, from + BATCH); i++) {
          FileToSend base = base(i);
          int meta = indexOfDataSet(base);
          byte[] mutant = mutator.mutate(base.file()).bytes();
          byte[] set = Arrays.copyOfRange(mutant, Math.min(meta, mutant.length), mutant.length);
          ByteArrayOutputStream file = new ByteArrayOutputStream();
          file.write(base.file(), 0, meta);
          file.writeBytes(set);
          batch.add(new FileToSend(base.object(), base.transferSyntax(), file.toByteArray()));
        }
        List<StoreOutcome> outcomes = service.network.store().send(service.address(), batch);
        for (int i = 0; i < batch.size(); i++) {
          int status = outcomes.get(i).status();
          statuses.merge("%04X".formatted(status & 0xFFFF), 1, Integer::sum);
          assertTrue(status >= 0, "no answer to mutant " + (from + i) + ": " + outcomes.get(i));
          if (StatusCode.performed(status) || status == StatusCode.DUPLICATE_SOP_INSTANCE) {
            kept(service, batch.get(i));
          }
        }
      }
      assertEquals(0, service.requestor.echo(service.address()));
    }
    System.out.println("statuses " + statuses);
    return statuses;
  }

  /** Each with UIDs of its own; what is damaged is often the UIDs. */
  private static FileToSend base(int i) {
    return TestObjects.file(
        i % 2 == 0 ? CR : TestObjects.ECG,
        i % 3 == 0 ? TestObjects.IMPLICIT : TestObjects.EXPLICIT,
        i,
        600);
  }

  private static void kept(DimseService service, FileToSend file) throws InterruptedException {
    Receipt again =
        service
            .workspace
            .ingest()
            .receive(
                new Submission(List.of(new Part("object.dcm", file.file())), Identity.UNKNOWN));
    assertTrue(again.duplicate(), "answered as stored and not kept");
    boolean unused =
        service
            .workspace
            .ingest()
            .await(List.of(again.instance()), Duration.ofMinutes(2))
            .isEmpty();
    assertArrayEquals(
        file.file(), service.workspace.records().files(again.instance()).getFirst().bytes());
  }

  private static int indexOfDataSet(FileToSend file) {
    return 144 + ByteBuffer.wrap(file.file()).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(140);
  }

  /** The service answers or closes in time, and goes on. */
  void pdus(int count, long seed) throws Exception {
    System.out.println("mutated PDUs: " + count + ", seed " + seed);
    Random random = new Random(seed);
    List<String> stored = new ArrayList<>();
    try (DimseService service = new DimseService(data)) {
      for (int i = 0; i < count; i++) {
        FileToSend file = TestObjects.file(CR, TestObjects.EXPLICIT, i, 300);
        List<byte[]> talk = conversation(file);
        mutate(talk, random);
        try (RawAssociation raw = RawAssociation.connect(service.server.port())) {
          stored.addAll(converse(raw, talk));
        }
        if (i % 100 == 99) {
          assertEquals(0, service.requestor.echo(service.address()));
        }
      }
      assertEquals(0, service.requestor.echo(service.address()));
      for (String uid : stored) {
        assertTrue(
            new CatalogueArchive(service.workspace).holds(new ObjectUids(CR, uid)),
            "answered as stored and not kept");
      }
      long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
      while (service.server.associations() > 0 && System.nanoTime() < until) {
        Thread.sleep(50);
      }
      assertEquals(0, service.server.associations(), "an association hangs");
    }
    System.out.println(stored.size() + " of the damaged conversations still stored their object");
  }

  private static List<byte[]> conversation(FileToSend file) throws IOException {
    Attributes command = new Attributes();
    command.setString(Tag.AffectedSOPClassUID, VR.UI, file.object().sopClass());
    command.setInt(Tag.CommandField, VR.US, 1);
    command.setInt(Tag.MessageID, VR.US, 1);
    command.setInt(Tag.Priority, VR.US, 0);
    command.setInt(Tag.CommandDataSetType, VR.US, 0);
    command.setString(Tag.AffectedSOPInstanceUID, VR.UI, file.object().sopInstance());
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ImageOutputStream out = new ImageOutputStream(encoded, TestObjects.IMPLICIT);
    out.writeCommand(command);
    out.flush();
    int meta = indexOfDataSet(file);
    byte[] set = Arrays.copyOfRange(file.file(), meta, file.file().length);
    int half = set.length / 2;
    return new ArrayList<>(
        List.of(
            RawAssociation.request("PRECORDIA", "FUZZ"),
            RawAssociation.pdu(4, pdv(1, 3, encoded.toByteArray())),
            RawAssociation.pdu(4, pdv(1, 0, Arrays.copyOf(set, half))),
            RawAssociation.pdu(4, pdv(1, 2, Arrays.copyOfRange(set, half, set.length))),
            RawAssociation.pdu(5, new byte[4])));
  }

  private static byte[] pdv(int context, int control, byte[] value) {
    return ByteBuffer.allocate(6 + value.length)
        .putInt(value.length + 2)
        .put((byte) context)
        .put((byte) control)
        .put(value)
        .array();
  }

  private static void mutate(List<byte[]> talk, Random random) {
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      int which = random.nextInt(talk.size());
      byte[] pdu = talk.get(which).clone();
      switch (random.nextInt(8)) {
        case 0 -> pdu[random.nextInt(pdu.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> {
          if (pdu.length >= 6) { // a cut one may have lost its length
            ByteBuffer.wrap(pdu).putInt(2, random.nextInt());
          }
        }
        case 2 -> pdu[0] = (byte) random.nextInt(12);
        case 3 -> pdu = Arrays.copyOf(pdu, 1 + random.nextInt(pdu.length));
        case 4 -> talk.add(random.nextInt(talk.size() + 1), talk.get(random.nextInt(talk.size())));
        case 5 -> {
          if (pdu.length > 14) {
            ByteBuffer.wrap(pdu).putInt(6, random.nextInt(70_000) - 100);
          }
        }
        case 6 -> {
          if (pdu.length > 12) {
            pdu[10] = (byte) random.nextInt(256);
            pdu[11] = (byte) random.nextInt(8);
          }
        }
        default -> {
          for (int j = 0; j < 6; j++) {
            pdu[random.nextInt(pdu.length)] = (byte) random.nextInt(256);
          }
        }
      }
      talk.set(Math.min(which, talk.size() - 1), pdu);
    }
  }

  /** UIDs that were answered as stored. */
  private static List<String> converse(RawAssociation raw, List<byte[]> talk) {
    List<String> stored = new ArrayList<>();
    try {
      raw.socket.setSoTimeout(60_000);
      for (byte[] pdu : talk) {
        raw.send(pdu);
      }
      raw.socket.shutdownOutput();
    } catch (IOException e) {
      // closed on us before the end: that is an answer too
    }
    try {
      DataInputStream in = new DataInputStream(raw.socket.getInputStream());
      while (true) {
        int type = in.readUnsignedByte();
        in.readByte();
        byte[] body = in.readNBytes(in.readInt());
        if (type == 4) {
          status(body).ifPresent(stored::add);
        }
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the service neither answers nor closes", e);
    } catch (IOException e) {
      return stored;
    }
  }

  private static java.util.Optional<String> status(byte[] body) throws IOException {
    if (body.length < 8 || (body[5] & 1) == 0) {
      return java.util.Optional.empty();
    }
    try (ImageInputStream in =
        new ImageInputStream(
            new ByteArrayInputStream(body, 6, body.length - 6), TestObjects.IMPLICIT)) {
      Attributes command = in.readCommand();
      boolean success =
          command.getInt(Tag.CommandField, 0) == 0x8001 && command.getInt(Tag.Status, -1) == 0;
      return success
          ? java.util.Optional.ofNullable(command.getString(Tag.AffectedSOPInstanceUID))
          : java.util.Optional.empty();
    }
  }
}
