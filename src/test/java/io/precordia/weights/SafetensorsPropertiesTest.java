package io.precordia.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;

class SafetensorsPropertiesTest {
  @Property(tries = 60, seed = "1")
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 6) @UniqueElements List<@StringLength(min = 1, max = 12) String> names,
      @ForAll @IntRange(max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 7) int columns,
      @ForAll boolean half,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    for (String raw : names) {
      // Lone surrogates are no text; the format's names are UTF-8.
      String name = raw.replaceAll("[\\ud800-\\udfff]", "?");
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            half
                ? Float.float16ToFloat((short) random.nextInt(0x7c00))
                : Float.intBitsToFloat(random.nextInt());
      }
      arrays.put(name, new HostArray(new long[] {rows, columns}, values));
    }
    Path file = Files.createTempFile("round", ".safetensors");
    try {
      ElementType type = half ? ElementType.F16 : ElementType.F32;
      SafetensorsWriter.write(file, arrays, type, Map.of("seed", Long.toString(seed)));
      try (SafetensorsFile in = SafetensorsFile.open(file)) {
        assertEquals(arrays.keySet(), in.names());
        assertEquals(Long.toString(seed), in.metadata().get("seed"));
        List<String> order = new ArrayList<>(arrays.keySet());
        for (String name : order) {
          assertArrayEquals(new long[] {rows, columns}, in.entry(name).shape());
          assertEquals(type, in.entry(name).type());
          float[] expected = java.util.Objects.requireNonNull(arrays.get(name)).values();
          float[] read = in.floats(name);
          for (int i = 0; i < expected.length; i++) {
            assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(read[i]));
          }
        }
      }
    } finally {
      Files.delete(file);
    }
  }
}
