package io.precordia.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmConfig;
import io.precordia.model.pair.Siglip;
import io.precordia.weights.ElementType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resident memory of lazily opened models, measured in a fresh process: at its peak no more than
 * 1.15 times the tensors that were used, plus what the process itself needs.
 */
@EnabledOnOs(OS.LINUX)
class LazyMemoryTest {
  private static final double FACTOR = 1.15;

  /** Classes, compiled code and Java heap of the measuring process, and a piece in its forms. */
  private static final long OVERHEAD = 32L << 20;

  private static final String MEDIUM_LLAMA =
      """
      {"model_type": "llama", "hidden_size": 1024, "intermediate_size": 2816, "vocab_size": 32000,
       "num_attention_heads": 16, "num_key_value_heads": 16, "num_hidden_layers": %d}
      """;

  @TempDir Path folder;

  private record Growth(long touched, long opening, long peak, long end) {
    private void require() {
      assertTrue(opening <= OVERHEAD, this::toString);
      assertTrue(end >= touched, () -> "the tensors were not resident: " + this);
      assertTrue(peak <= FACTOR * touched + OVERHEAD, this::toString);
    }
  }

  private CausalLm llama(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    return new CausalLm(CausalLmConfig.read(folder));
  }

  private Growth measure(String kind, String pattern) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A heap and a compiler whose own memory is the same on every machine.
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Xmn16m",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("java.class.path"),
                LazyMemoryMain.class.getName(),
                kind,
                folder.toString(),
                pattern)
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    long[] figures =
        Arrays.stream(
                out.lines()
                    .filter(line -> line.matches("-?\\d+( -?\\d+){3}"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(out))
                    .split(" "))
            .mapToLong(Long::parseLong)
            .toArray();
    Growth growth = new Growth(figures[0], figures[1], figures[2], figures[3]);
    System.out.println(kind + " " + pattern + " " + growth);
    return growth;
  }

  /** 190 MB in bf16, of which half is used. */
  @Test
  void ofRandomShardsNoMoreIsResidentThanIsUsed() throws Exception {
    RandomShards.write(
        folder, llama(MEDIUM_LLAMA.formatted(2)).parameters(), ElementType.BF16, 3, 1);
    measure("llm", "model\\.(embed_tokens|layers\\.0)\\..*").require();
  }

  /** 645 MB in bf16: 20 layers and two tables. */
  @Test
  @Tag("slow")
  void ofLargeRandomShardsNoMoreIsResidentThanIsUsed() throws Exception {
    RandomShards.write(
        folder, llama(MEDIUM_LLAMA.formatted(20)).parameters(), ElementType.BF16, 3, 1);
    measure("llm", "model\\.(embed_tokens|layers\\.[0-9])\\..*").require();
    measure("llm", ".*").require();
  }

  /** The whole shape of LLaMA 7B in three shards with holes for content; its last layer is used. */
  @Test
  void aModelOfSevenBillionParametersOpensByItsHeaders() throws Exception {
    RandomShards.holes(
        folder, llama(PublishedSizesTest.LLAMA_7B).parameters(), ElementType.BF16, 3);
    Growth growth = measure("llm", "model\\.layers\\.31\\..*");
    assertEquals(4L * (4 * 4096 * 4096 + 3 * 4096 * 11008 + 2 * 4096), growth.touched());
    growth.require();
  }

  /** 878 M parameters in fp32; the first layers of both towers are used. */
  @Test
  void aSiglipModelOf878MillionOpensByItsHeaders() throws Exception {
    Files.writeString(
        folder.resolve("config.json"), PublishedSizesTest.SIGLIP_SO400M.formatted(448));
    RandomShards.holes(folder, Siglip.of(HubConfig.read(folder)).parameters(), ElementType.F32, 2);
    measure("pair", "(vision|text)_model\\.(embeddings\\..*|encoder\\.layers\\.[0-4]\\..*)")
        .require();
  }
}
