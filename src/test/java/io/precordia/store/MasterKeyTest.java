package io.precordia.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
  @TempDir Path dir;

  @Test
  void theFileIsMadeOnceForItsOwnerOnly() throws IOException {
    Path file = dir.resolve("master.key");
    byte[] wrapped = MasterKey.openOrCreate(file).wrap(new byte[32], "p");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertArrayEquals(new byte[32], MasterKey.openOrCreate(file).unwrap(wrapped, "p").bytes());
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    Path file = dir.resolve("master.key");
    MasterKey.openOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(
        ErrorCode.INVALID_CONFIGURATION,
        assertThrows(PrecordiaException.class, () -> MasterKey.openOrCreate(file)).code());
  }

  @Test
  void aWrappedKeyOpensForItsPurposeOnly() {
    MasterKey master = MasterKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]));
    byte[] wrapped = master.wrap(new byte[32], "subject/a");
    assertEquals(
        ErrorCode.CORRUPT_STORE,
        assertThrows(PrecordiaException.class, () -> master.unwrap(wrapped, "subject/b")).code());
  }

  @Test
  void aBadKeyIsRefusedWithoutRepeatingIt() {
    for (String bad : new String[] {"", "c2VjcmV0", "not base64 at all!"}) {
      PrecordiaException e = assertThrows(PrecordiaException.class, () -> MasterKey.ofBase64(bad));
      assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
      assertFalse(!bad.isEmpty() && String.valueOf(e.getMessage()).contains(bad));
    }
  }
}
