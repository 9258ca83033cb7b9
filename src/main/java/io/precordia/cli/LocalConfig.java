package io.precordia.cli;

import io.precordia.api.PrecordiaConfig;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same typed configuration as the service's, without the framework. */
final class LocalConfig {
  private static final int ABOVE_ALL = 1000;

  private LocalConfig() {}

  /**
   * @param data overrides precordia.data
   * @param model overrides precordia.model
   */
  static PrecordiaConfig load(@Nullable Path data, @Nullable Path model) {
    Map<String, String> given = new HashMap<>();
    given.put("precordia.embed.warm-up", "false"); // a command pays for what it uses only
    if (data != null) {
      given.put("precordia.data", data.toAbsolutePath().toString());
    }
    if (model != null) {
      given.put("precordia.model", model.toAbsolutePath().toString());
    }
    try {
      return new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addSystemSources()
          .addDiscoveredConverters()
          .withSources(new PropertiesConfigSource(given, "command line", ABOVE_ALL))
          .withMapping(PrecordiaConfig.class)
          .build()
          .getConfigMapping(PrecordiaConfig.class);
    } catch (ConfigValidationException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, e.getProblem(0).getMessage(), e);
    }
  }
}
