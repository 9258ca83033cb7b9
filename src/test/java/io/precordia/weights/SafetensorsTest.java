package io.precordia.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
  private static final String GOOD =
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[8,11]}}";

  static byte[] file(byte[] header, int data) {
    ByteBuffer out = ByteBuffer.allocate(8 + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(header.length).put(header);
    return out.array();
  }

  private static byte[] file(String header, int data) {
    return file(header.getBytes(StandardCharsets.UTF_8), data);
  }

  private static byte[] withLength(long length) {
    byte[] bytes = file(GOOD, 11);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    return bytes;
  }

  private static String one(String dtype, String shape, String offsets) {
    return "{\"a\":{\"dtype\":\""
        + dtype
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}}";
  }

  static Stream<byte[]> hostile() {
    byte[] notUtf8 = one("F32", "[2]", "[0,8]").getBytes(StandardCharsets.UTF_8);
    notUtf8[2] = (byte) 0xC3;
    return Stream.of(
        new byte[0],
        new byte[7],
        withLength(0),
        withLength(1),
        withLength(-1),
        withLength(Long.MAX_VALUE),
        withLength(GOOD.length() + 12L),
        withLength(GOOD.length() - 1L),
        file(GOOD, 10),
        file(GOOD, 12),
        file("[]", 0),
        file(" {}", 0),
        file("{}x", 0),
        file("{} {}", 0),
        file("nul", 0),
        file("{\"a\":1}", 0),
        file("{\"a\":{}}", 0),
        file("{\"__metadata__\":{\"k\":1}}", 0),
        file("{\"__metadata__\":[]}", 0),
        file(notUtf8, 8),
        file(one("F33", "[2]", "[0,8]"), 8),
        file(one("F32", "[2]", "[0,4]"), 4),
        file(one("F16", "[2]", "[0,8]"), 8),
        file(one("F32", "[-2]", "[0,8]"), 8),
        file(one("F32", "[2]", "[8,0]"), 8),
        file(one("F32", "[2]", "[0,8,8]"), 8),
        file(one("F32", "[2]", "[0]"), 8),
        file(one("F32", "[2.0]", "[0,8]"), 8),
        file(one("F32", "[\"2\"]", "[0,8]"), 8),
        file(one("F32", "2", "[0,8]"), 8),
        file(one("F32", "[4294967296,4294967296]", "[0,0]"), 0),
        file(one("F32", "[99999999999999999999]", "[0,8]"), 8),
        file(one("F32", "[2]", "[4,12]"), 12),
        file(one("F32", "[2]", "[9223372036854775799,9223372036854775807]"), 8),
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}", 8),
        file(
            "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            8),
        file(GOOD.replace("\"b\"", "\"a\""), 11),
        file(GOOD.replace("[8,11]", "[7,10]"), 11),
        file(GOOD.replace("[8,11]", "[9,12]"), 12),
        file(GOOD.replace("[8,11]", "[0,3]"), 8),
        file("{\"a\":" + "[".repeat(5000), 0));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileFilesAreRefused(byte[] bytes, @TempDir Path folder) throws IOException {
    Path path = folder.resolve("model.safetensors");
    Files.write(path, bytes);
    PrecordiaException e = assertThrows(PrecordiaException.class, () -> SafetensorsFile.open(path));
    assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
  }

  @Test
  void aFileThatIsNotThereIsBadWeights(@TempDir Path folder) {
    assertThrows(PrecordiaException.class, () -> WeightSource.open(folder));
  }

  @Test
  void everyElementTypeIsRead(@TempDir Path folder) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"k\":\"v\"}");
    for (ElementType type : ElementType.values()) {
      int begin = data.position();
      switch (type) {
        case BOOL -> data.put((byte) 1);
        case U8 -> data.put((byte) 200);
        case I8 -> data.put((byte) -7);
        case F8_E5M2, F8_E4M3 -> data.put((byte) 0);
        case I16 -> data.putShort((short) -300);
        case U16 -> data.putShort((short) 60000);
        case F16 -> data.putShort(Float.floatToFloat16(1.5f));
        case BF16 -> data.putShort((short) (Float.floatToIntBits(-2.5f) >> 16));
        case I32 -> data.putInt(-70000);
        case U32 -> data.putInt((int) 4_000_000_000L);
        case F32 -> data.putFloat(3.25f);
        case I64 -> data.putLong(-5_000_000_000L);
        case U64 -> data.putLong(1);
        case F64 -> data.putDouble(0.125);
      }
      header
          .append(",\"")
          .append(type)
          .append("\":{\"dtype\":\"")
          .append(type)
          .append("\",\"shape\":[1],\"data_offsets\":[")
          .append(begin)
          .append(',')
          .append(data.position())
          .append("]}");
    }
    byte[] head = header.append("}  ").toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(file(head, 0));
    all.write(data.array(), 0, data.position());
    Path path = folder.resolve("types.safetensors");
    Files.write(path, all.toByteArray());
    try (WeightSource in = WeightSource.open(path)) {
      assertEquals(Map.of("k", "v"), in.metadata());
      assertEquals(ElementType.values().length, in.names().size());
      assertArrayEquals(new long[] {1}, in.integers("BOOL"));
      assertArrayEquals(new long[] {200}, in.integers("U8"));
      assertArrayEquals(new long[] {-7}, in.integers("I8"));
      assertArrayEquals(new long[] {-300}, in.integers("I16"));
      assertArrayEquals(new long[] {60000}, in.integers("U16"));
      assertArrayEquals(new long[] {-70000}, in.integers("I32"));
      assertArrayEquals(new long[] {4_000_000_000L}, in.integers("U32"));
      assertArrayEquals(new long[] {-5_000_000_000L}, in.integers("I64"));
      assertArrayEquals(new float[] {1.5f}, in.floats("F16"));
      assertArrayEquals(new float[] {-2.5f}, in.floats("BF16"));
      assertArrayEquals(new float[] {3.25f}, in.floats("F32"));
      assertArrayEquals(new float[] {0.125f}, in.floats("F64"));
      assertThrows(PrecordiaException.class, () -> in.floats("I64"));
      assertThrows(PrecordiaException.class, () -> in.integers("F32"));
      assertThrows(PrecordiaException.class, () -> in.floats("absent"));
    }
  }

  @Test
  void writingReplacesAtomicallyAndRepeatably(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("w.safetensors");
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put("x", new HostArray(new long[] {2, 2}, new float[] {1, 2, 3, 4}));
    arrays.put("empty", new HostArray(new long[] {0, 3}, new float[0]));
    SafetensorsWriter.write(path, arrays, ElementType.F32, Map.of("b", "2", "a", "1"));
    byte[] first = Files.readAllBytes(path);
    assertEquals(0, (first.length - 16) % 8);
    arrays.put("y", new HostArray(new long[] {1}, new float[] {70_000}));
    assertThrows(
        PrecordiaException.class,
        () -> SafetensorsWriter.write(path, arrays, ElementType.F16, Map.of()));
    assertArrayEquals(first, Files.readAllBytes(path));
    assertThrows(
        PrecordiaException.class,
        () -> SafetensorsWriter.write(path, arrays, ElementType.I64, Map.of()));
    arrays.remove("y");
    SafetensorsWriter.write(path, arrays, ElementType.F32, Map.of("a", "1", "b", "2"));
    assertArrayEquals(first, Files.readAllBytes(path));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void shardsAreFoundThroughTheIndex(@TempDir Path folder) throws IOException {
    SafetensorsWriter.write(
        folder.resolve("m-1.safetensors"),
        Map.of("a", new HostArray(new long[] {1}, new float[] {1})),
        ElementType.F32,
        Map.of());
    SafetensorsWriter.write(
        folder.resolve("m-2.safetensors"),
        Map.of("b", new HostArray(new long[] {2}, new float[] {2, 3})),
        ElementType.F16,
        Map.of());
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index,
        "{\"metadata\":{\"total_size\":8},\"weight_map\":{\"a\":\"m-1.safetensors\",\"b\":\"m-2.safetensors\"}}");
    try (WeightSource in = WeightSource.open(folder)) {
      assertEquals(2, in.names().size());
      assertArrayEquals(new float[] {2, 3}, in.floats("b"));
    }
    for (String bad :
        List.of(
            "",
            "{}",
            "{\"weight_map\":{}}",
            "{\"weight_map\":{\"c\":\"m-1.safetensors\"}}",
            "{\"weight_map\":{\"a\":\"../m-1.safetensors\"}}",
            "{\"weight_map\":{\"a\":\"/etc/passwd\"}}",
            "{\"weight_map\":{\"a\":\"absent.safetensors\"}}",
            "{\"weight_map\":{\"a\":7}}")) {
      Files.writeString(index, bad);
      PrecordiaException e =
          assertThrows(PrecordiaException.class, () -> WeightSource.open(folder), bad);
      assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
    }
  }

  @Test
  void checksumsSeeEveryChange(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("b.txt"), "two");
    Files.writeString(folder.resolve("a.txt"), "one");
    Checksums.write(folder);
    String list = Files.readString(folder.resolve(Checksums.FILE));
    assertTrue(
        list.startsWith(
            "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  a.txt\n"),
        list);
    String digest = Checksums.ofFolder(folder);
    Checksums.verify(folder);
    Files.writeString(folder.resolve("c.txt"), "three");
    assertThrows(PrecordiaException.class, () -> Checksums.verify(folder));
    assertFalse(digest.equals(Checksums.ofFolder(folder)));
    Files.delete(folder.resolve("c.txt"));
    Files.writeString(folder.resolve("a.txt"), "One");
    assertThrows(PrecordiaException.class, () -> Checksums.verify(folder));
    Files.delete(folder.resolve("a.txt"));
    assertThrows(PrecordiaException.class, () -> Checksums.verify(folder));
    Files.writeString(folder.resolve("a.txt"), "one");
    Checksums.verify(folder);
    assertEquals(digest, Checksums.ofFolder(folder));
  }

  @Test
  void mutatedHeadersNeverEscapeAsAnotherException() {
    Random random = new Random(5);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = good.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        mutated[random.nextInt(mutated.length)] =
            random.nextBoolean() ? (byte) random.nextInt(256) : good[random.nextInt(good.length)];
      }
      try {
        for (TensorEntry e : SafetensorsHeader.parse(mutated, 11).entries()) {
          assertTrue(e.begin() >= 0 && e.end() <= 11 && e.elements() >= 0);
        }
        accepted++;
      } catch (PrecordiaException e) {
        assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
      }
    }
    assertTrue(accepted > 100 && accepted < 19_000, "accepted " + accepted);
  }
}
