package io.precordia.api;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The service's typed configuration of given keys, without the framework. */
final class TestConfig {
  private TestConfig() {}

  static PrecordiaConfig of(Map<String, String> keys) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(keys, "test", 1000))
        .withMapping(PrecordiaConfig.class)
        .build()
        .getConfigMapping(PrecordiaConfig.class);
  }
}
