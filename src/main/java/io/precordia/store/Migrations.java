package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The schema's versions, applied by Flyway. They are named here, so that no class path scan depends
 * on how the program was packed.
 */
final class Migrations implements ResourceProvider {
  private static final String FOLDER = "db/migration/";
  private static final List<String> NAMES =
      List.of(
          "V1__store.sql",
          "V2__dicom.sql",
          "V3__identity.sql",
          "V4__results.sql",
          "V5__orders.sql",
          "V6__patients.sql",
          "V7__catalogue.sql");

  private Migrations() {}

  static void run(DataSource source) {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(source)
          .resourceProvider(new Migrations())
          .loggers(
              "slf4j") // by name it could not be found where libraries have a class loader of their
          // own
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL,
          "the record database cannot be brought to this version's schema; it may have been written by a newer version",
          e);
    }
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return NAMES.stream().filter(n -> name.endsWith(n)).findFirst().map(Script::new).orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return NAMES.stream()
        .filter(n -> n.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(n::endsWith))
        .map(n -> (LoadableResource) new Script(n))
        .toList();
  }

  private static final class Script extends LoadableResource {
    private final String name;

    Script(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      InputStream in = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name);
      if (in == null) {
        throw new UncheckedIOException(new IOException("missing resource " + FOLDER + name));
      }
      return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return FOLDER + name;
    }
  }
}
