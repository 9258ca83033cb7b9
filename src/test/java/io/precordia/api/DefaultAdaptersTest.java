package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultAdaptersTest {
  private static final String RULE = "precordia.adapters.defaults[0].";

  private static DefaultAdapters read(Map<String, String> keys) {
    return DefaultAdapters.of(
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(keys, "test", 100))
            .withMapping(PrecordiaConfig.class)
            .build()
            .getConfigMapping(PrecordiaConfig.class)
            .adapters());
  }

  @Test
  void rulesAreTypedAndInOrder() {
    assertTrue(read(Map.of()).rules().isEmpty());
    DefaultAdapters read =
        read(
            Map.of(
                RULE + "site",
                "North Wing",
                RULE + "modality",
                "ecg",
                RULE + "adapter",
                "a*0.5+b"));
    assertEquals(
        new DefaultAdapters.Rule("North Wing", null, Modality.ECG, "a*0.5+b"),
        read.rules().getFirst());
  }

  @Test
  void aRuleThatCannotBeMeantStopsTheStart() {
    for (Map<String, String> keys :
        new Map[] {
          Map.of(RULE + "adapter", "a"), Map.of(RULE + "site", "x", RULE + "adapter", "a++b")
        }) {
      var error = assertThrows(PrecordiaException.class, () -> read(keys));
      assertEquals(ErrorCode.INVALID_CONFIGURATION, error.code());
      assertTrue(error.getMessage().contains("precordia.adapters.defaults[0]"));
    }
    for (Map<String, String> keys :
        new Map[] {
          Map.of(RULE + "site", "x"),
          Map.of(RULE + "site", "x", RULE + "adapter", "a", RULE + "modality", "mri"),
          Map.of(RULE + "site", "x", RULE + "adapter", "a", RULE + "sites", "y")
        }) {
      assertThrows(RuntimeException.class, () -> read(keys));
    }
  }
}
