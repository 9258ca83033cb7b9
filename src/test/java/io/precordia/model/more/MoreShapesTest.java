package io.precordia.model.more;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.Lora;
import io.precordia.nn.Block;
import io.precordia.nn.DropKey;
import io.precordia.nn.EcgTokenizer;
import io.precordia.nn.EncoderConfig;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.SelfAttention;
import io.precordia.nn.TokenEncoder;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The paper's size by its exact parameter counts (specification 1.4) and structure (1.13, checks 1
 * to 3 and 13).
 */
class MoreShapesTest {
  private static final MoreModel PAPER = new MoreModel(MoreConfig.paper());

  private static long count(Predicate<ParameterSpec> which) {
    return PAPER.parameters().stream()
        .filter(p -> p.role() != ParameterSpec.Role.BUFFER)
        .filter(which)
        .mapToLong(ParameterSpec::count)
        .sum();
  }

  private static Predicate<ParameterSpec> in(String branch) {
    return p -> p.name().startsWith(branch);
  }

  @Test
  void parameterCountsAreThePapers() {
    EncoderConfig vit = EncoderConfig.vision(768, 12, 12, DropKey.OFF);
    assertEquals(7_085_568, Block.of("b", vit, 0).parameterCount());
    assertEquals(85_771_008, count(in("xray.")));
    assertEquals(86_181_888, count(in("ecg.")));
    assertEquals(689_920, count(in("xray_projection.")));
    assertEquals(689_920, count(in("ecg_projection.")));
    assertEquals(689_920, count(in("report_projection.")));
    assertEquals(124_645_632, count(in("report.")));
    assertEquals(102_912, count(in("report.").and(p -> p.role() == ParameterSpec.Role.BIAS)));
  }

  @Test
  void loraTrainsTheStatedShareOfTheReportTransformer() {
    ReportLora lora = new ReportLora(PAPER);
    long added = lora.adaptation().parameters().stream().mapToLong(ParameterSpec::count).sum();
    assertEquals(589_824, added);
    assertEquals(0.5, lora.adaptation().sites().getFirst().scaling());
    long trainableText = added + count(in("report.").and(lora.adaptation()::trainable));
    assertEquals(692_736, trainableText);
    assertEquals(0.553, 100.0 * trainableText / (124_645_632 + added), 0.001);
    // The paper's total leaves out τ, which its optimiser never got; ours is one scalar more.
    assertEquals(174_715_392 + 1, added + count(lora.trainable()));
    assertEquals(24, lora.adaptation().paths().size());
    assertTrue(
        lora.adaptation().paths().stream()
            .allMatch(p -> p.endsWith(".query") || p.endsWith(".value")));
  }

  @Test
  void tokenCountsGo1000To200To196To197() {
    EcgTokenizer tokenizer = new EcgTokenizer("t", 12, 1000, 256, 768);
    assertEquals(196, tokenizer.tokens());
    ParameterSpec positions =
        PAPER.parameters().stream()
            .filter(p -> p.name().equals("ecg.position_embedding"))
            .findFirst()
            .orElseThrow();
    assertEquals(197, positions.shape()[1]);
  }

  @Test
  void vitProjectionsHaveNoBias() {
    List<String> names = PAPER.parameters().stream().map(ParameterSpec::name).toList();
    assertTrue(names.contains("xray.blocks.0.attention.qkv.weight"));
    assertFalse(names.stream().anyMatch(n -> n.endsWith("qkv.bias")));
    assertTrue(names.contains("xray.blocks.0.attention.output.bias"));
    assertEquals(names.size(), names.stream().distinct().count());
  }

  @Test
  void dropKeyScheduleIsWhatTheAttentionLayerUses() {
    double[] stated = {
      0.2000, 0.1818, 0.1636, 0.1455, 0.1273, 0.1091, 0.0909, 0.0727, 0.0545, 0.0364, 0.0182, 0.0000
    };
    TokenEncoder encoder =
        new TokenEncoder("x", 196, EncoderConfig.vision(48, 12, 4, DropKey.decreasing(0.2)));
    List<Block> blocks = encoder.encoder().blocks();
    for (int i = 0; i < 12; i++) {
      SelfAttention attention = blocks.get(i).attention();
      assertEquals(stated[i], attention.spec(true).dropKey(), 5e-5);
      assertEquals(0, attention.spec(false).dropKey());
    }
    assertEquals(0, blocks.get(11).attention().spec(true).dropKey());
    for (double ratio : DropKey.constant(0.3).ratios(12)) {
      assertEquals(0.3, ratio);
    }
  }

  @Test
  void loraTargetsAreRefusedWhereNothingMatches() {
    var config =
        new io.precordia.adapter.LoraConfig(
            2, 2, 0, "report.", List.of("nothing"), io.precordia.adapter.LoraConfig.BiasMode.NONE);
    org.junit.jupiter.api.Assertions.assertThrows(
        io.precordia.error.PrecordiaException.class, () -> new Lora(config, PAPER.parameters()));
  }
}
