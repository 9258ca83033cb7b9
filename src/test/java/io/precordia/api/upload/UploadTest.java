package io.precordia.api.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest {
  private static final String TYPE = "multipart/form-data; boundary=XX";
  private static final UploadLimits LIMITS = new UploadLimits(1 << 22, 1 << 20, 20);

  private static byte[] body(Object... nameAndContent) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < nameAndContent.length; i += 2) {
      out.writeBytes(
          ("--XX\r\nContent-Disposition: form-data; " + nameAndContent[i] + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      out.writeBytes(
          nameAndContent[i + 1] instanceof byte[] bytes
              ? bytes
              : nameAndContent[i + 1].toString().getBytes(StandardCharsets.UTF_8));
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes("--XX--\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static Upload read(byte[] body) {
    return Upload.read(
        new ByteArrayInputStream(body), TYPE, LIMITS, new UploadBudget(1 << 23), Set.of("subject"));
  }

  private static ErrorCode refused(byte[] body) {
    return assertThrows(PrecordiaException.class, () -> read(body).close()).code();
  }

  /** Content that is rich in pieces of the delimiter, read in chunks of every size. */
  @Property(tries = 60, seed = "60")
  void filesComeOutAsTheyWentIn(
      @ForAll @Size(max = 5) List<@IntRange(max = 300_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 70_000) int chunk) {
    Object[] parts = new Object[2 * sizes.size()];
    for (int i = 0; i < sizes.size(); i++) {
      byte[] content = new byte[sizes.get(i)];
      Random random = new Random(i);
      byte[] alphabet = "\r\n--X-\r\n--Xa".getBytes(StandardCharsets.US_ASCII);
      for (int b = 0; b < content.length; b++) {
        content[b] = alphabet[random.nextInt(alphabet.length)];
        if (b >= 5 && content[b] == 'X' && content[b - 1] == 'X') {
          content[b] = 0;
        }
      }
      parts[2 * i] = "name=\"file\"; filename=\"f" + i + "\"";
      parts[2 * i + 1] = content;
    }
    InputStream slow =
        new ByteArrayInputStream(body(parts)) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, chunk));
          }
        };
    UploadBudget budget = new UploadBudget(1 << 23);
    try (Upload upload = Upload.read(slow, TYPE, LIMITS, budget, Set.of())) {
      assertEquals(sizes.size(), upload.files().size());
      for (int i = 0; i < sizes.size(); i++) {
        assertArrayEquals((byte[]) parts[2 * i + 1], upload.files().get(i).bytes());
      }
      assertTrue(budget.taken() >= sizes.stream().mapToInt(Integer::intValue).sum());
    }
    assertEquals(0, budget.taken());
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, passwd",
    "C:\\Windows\\system.ini, system.ini",
    "/, unnamed",
    ".., unnamed",
    "'a\u0000b\u202egnp.exe', abgnp.exe",
    "Röntgen 1.png, Röntgen 1.png"
  })
  void namesAreHintsOnly(String sent, String kept) {
    assertEquals(kept, PartHeader.hint(sent));
  }

  @Test
  void aVeryLongNameKeepsItsExtension() {
    String kept = PartHeader.hint("x".repeat(100_000) + ".dcm");
    assertTrue(kept.length() <= 200 && kept.endsWith(".dcm"));
  }

  @Test
  void fieldsAndFilesAreToldApart() {
    try (Upload upload =
        read(
            body(
                "name=\"subject\"",
                "P-1",
                "name=\"file\"; filename=\"a \\\"b\\\".txt\"",
                "text"))) {
      assertEquals(Map.of("subject", "P-1"), upload.fields());
      assertEquals("a \"b\".txt", upload.files().getFirst().name());
    }
  }

  @Test
  void aFileOverTheLimitIsNotedAndNotKept() {
    try (Upload upload =
        read(
            body(
                "name=\"file\"; filename=\"big\"",
                new byte[(1 << 20) + 1],
                "name=\"file\"; filename=\"small\"",
                "ok"))) {
      assertTrue(upload.files().get(0).tooLarge());
      assertEquals(0, upload.files().get(0).bytes().length);
      assertEquals(2, upload.files().get(1).bytes().length);
    }
  }

  @Test
  void brokenBodiesAreRefused() {
    byte[] whole = body("name=\"file\"; filename=\"a\"", "text");
    for (int length = 0; length < whole.length - 4; length++) {
      assertEquals(
          ErrorCode.INVALID_REQUEST,
          refused(java.util.Arrays.copyOf(whole, length)),
          "cut at " + length);
    }
    assertEquals(ErrorCode.INVALID_REQUEST, refused(body("name=\"unknown\"", "x")));
    assertEquals(ErrorCode.INVALID_REQUEST, refused(body("filename=\"noname\"", "x")));
    assertEquals(
        ErrorCode.INVALID_REQUEST, refused(body("name=\"subject\"", "a", "name=\"subject\"", "b")));
    assertEquals(
        ErrorCode.INVALID_REQUEST, refused(body("name=\"" + "x".repeat(20_000) + "\"", "a")));
    assertEquals(ErrorCode.TOO_LARGE, refused(body("name=\"subject\"", "a".repeat((1 << 20) + 1))));
    Object[] many = new Object[42];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = "name=\"file\"; filename=\"a\"";
      many[i + 1] = "x";
    }
    assertEquals(ErrorCode.TOO_LARGE, refused(body(many)));
  }

  @Test
  void anEndlessBodyEndsAtTheLimit() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }
        };
    UploadBudget budget = new UploadBudget(1 << 23);
    PrecordiaException e =
        assertThrows(
            PrecordiaException.class,
            () -> Upload.read(endless, TYPE, LIMITS, budget, Set.of()).close());
    assertEquals(ErrorCode.TOO_LARGE, e.code());
    assertEquals(0, budget.taken());
  }

  @Test
  void aBudgetInUseRefusesTheNext() {
    UploadBudget budget = new UploadBudget(100);
    try (UploadBudget.Share first = budget.share();
        UploadBudget.Share second = budget.share()) {
      first.atLeast(60);
      assertEquals(
          ErrorCode.BUSY, assertThrows(PrecordiaException.class, () -> second.atLeast(50)).code());
      assertEquals(60, budget.taken());
      second.atLeast(40);
    }
    assertEquals(0, budget.taken());
  }
}
