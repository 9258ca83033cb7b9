package io.precordia.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTransportTest {
  @TempDir Path out;

  private static OutgoingObject object(String uid, String content) {
    return new OutgoingObject("id", OutgoingObject.DICOM, "1.2", uid, "1.2", content.getBytes());
  }

  @Test
  void objectsLieThereWholeAndTheSameAgainIsNoError() throws IOException {
    Path folder = out.resolve("a").resolve("b");
    try (FolderTransport transport = new FolderTransport(folder)) {
      assertEquals(
          List.of(new SendOutcome.Sent(), new SendOutcome.Sent()),
          transport.send(List.of(object("2.25.1", "one"), object("2.25.2", "two"))));
      assertEquals(
          List.of(new SendOutcome.Sent()), transport.send(List.of(object("2.25.1", "one"))));
    }
    assertArrayEquals("one".getBytes(), Files.readAllBytes(folder.resolve("2.25.1.dcm")));
    assertEquals(2, Files.list(folder).count());
  }

  @Test
  void aHostileIdentifierNeverLeavesTheFolder() {
    assertInstanceOf(
        SendOutcome.Permanent.class,
        new FolderTransport(out).send(List.of(object("../x", "one"))).getFirst());
  }

  @Test
  void aFolderThatCannotBeMadeIsTriedAgain() throws IOException {
    Path file = Files.writeString(out.resolve("file"), "x");
    assertInstanceOf(
        SendOutcome.Transient.class,
        new FolderTransport(file.resolve("below")).send(List.of(object("2.25.1", "a"))).getFirst());
  }
}
