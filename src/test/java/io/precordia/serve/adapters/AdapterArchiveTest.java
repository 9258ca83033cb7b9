package io.precordia.serve.adapters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class AdapterArchiveTest {
  private static final byte[] CONFIG = {'{', '}'};
  private static final byte[] WEIGHTS = {1, 2, 3};

  @Test
  void twoFilesOrTheZipOfTheirFolderAreTheSame() throws IOException {
    Map<String, byte[]> plain =
        files(Map.of("adapter_config.json", CONFIG, "adapter_model.safetensors", WEIGHTS), 1000);
    Map<String, byte[]> zipped =
        files(
            Map.of(
                "site-a.zip",
                zip(
                    Map.of(
                        "site-a/adapter_config.json", CONFIG,
                        "site-a/README.md", new byte[5],
                        "site-a/adapter_model.safetensors", WEIGHTS))),
            1000);
    assertEquals(plain.keySet(), zipped.keySet());
    assertArrayEquals(WEIGHTS, zipped.get(AdapterArchive.WEIGHTS));
    assertArrayEquals(CONFIG, plain.get(AdapterArchive.CONFIG));
  }

  @Test
  void hostileArchivesAreRefusedWithTheirReason() throws IOException {
    refused(ErrorCode.MALFORMED, zip(Map.of("../adapter_config.json", CONFIG)));
    refused(ErrorCode.MALFORMED, zip(Map.of("/etc/adapter_config.json", CONFIG)));
    refused(ErrorCode.MALFORMED, zip(Map.of("a\\..\\adapter_config.json", CONFIG)));
    refused(ErrorCode.BAD_WEIGHTS, zip(Map.of("adapter_model.bin", WEIGHTS)));
    refused(ErrorCode.BAD_WEIGHTS, zip(Map.of("run.sh", WEIGHTS)));
    refused(ErrorCode.BAD_WEIGHTS, zip(Map.of("adapter_config.json", CONFIG)));
    Map<String, byte[]> twice = new LinkedHashMap<>();
    twice.put("a/adapter_config.json", CONFIG);
    twice.put("b/adapter_config.json", CONFIG);
    refused(ErrorCode.BAD_WEIGHTS, zip(twice));
    // 2 MiB of zeros pack to 2 KiB
    refused(ErrorCode.TOO_LARGE, zip(Map.of("adapter_model.safetensors", new byte[2 << 20])));
    byte[] whole = zip(Map.of("adapter_model.safetensors", new byte[500]));
    refused(ErrorCode.MALFORMED, Arrays.copyOf(whole, 40));
  }

  @Test
  void namesStayPlain() {
    assertEquals("site-a.2", AdapterName.checked("site-a.2"));
    for (String name : new String[] {"", "..", "a/b", "A", "a..b", "-a", "a ", "x".repeat(65)}) {
      assertThrows(PrecordiaException.class, () -> AdapterName.checked(name), name);
    }
  }

  private static void refused(ErrorCode code, byte[] archive) {
    assertEquals(
        code,
        assertThrows(PrecordiaException.class, () -> files(Map.of("a.zip", archive), 100_000))
            .code());
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> files(Map<String, byte[]> sent, long most) {
    return ((AdapterUpload.Peft) AdapterArchive.read(sent, most)).files();
  }
}
