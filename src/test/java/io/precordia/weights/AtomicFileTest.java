package io.precordia.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints and exported weights are written this way. */
class AtomicFileTest {
  @TempDir Path dir;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFullDiskKeepsWhatWasThere() throws IOException {
    Path file = dir.resolve("checkpoint.safetensors");
    AtomicFile.replace(file, channel -> channel.write(bytes("good")));
    PrecordiaException e =
        assertThrows(
            PrecordiaException.class,
            () ->
                AtomicFile.replace(
                    file,
                    channel -> {
                      channel.write(bytes("half of the ne"));
                      throw new IOException("No space left on device");
                    }));
    assertEquals(ErrorCode.STORAGE_FULL, e.code());
    assertEquals("good", Files.readString(file));
    try (Stream<Path> left = Files.list(dir)) {
      assertEquals(List.of(file), left.toList(), "the unfinished file is still there");
    }
    AtomicFile.replace(file, channel -> channel.write(bytes("better")));
    assertEquals("better", Files.readString(file));
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    assertEquals(
        ErrorCode.STORAGE_FULL,
        assertThrows(
                PrecordiaException.class,
                () ->
                    AtomicFile.replace(
                        dir.resolve("none").resolve("file"), channel -> channel.write(bytes("x"))))
            .code());
  }
}
