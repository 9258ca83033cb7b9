package io.precordia.cli;

import io.precordia.api.EngineHolder;
import io.precordia.error.PrecordiaException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * The service once the framework is up: says where it is when the engine is open, then waits until
 * it is told to stop.
 */
public final class ServiceMain implements QuarkusApplication {
  private final EngineHolder holder;
  private final Config config;

  ServiceMain(EngineHolder holder, Config config) {
    this.holder = holder;
    this.config = config;
  }

  @Override
  public int run(String... args) throws InterruptedException {
    Console console = new Console(System.out, System.err);
    try {
      holder.await();
    } catch (PrecordiaException e) {
      return StartFailure.report(e, console.err());
    }
    String url = url();
    if (List.of(args).contains("--json")) {
      console.json(Map.of("url", url));
    } else {
      console.out().println("Precordia is ready at " + url);
    }
    console.out().flush();
    Quarkus.waitForExit();
    return 0;
  }

  private String url() {
    String host = config.getValue("quarkus.http.host", String.class);
    String shown =
        host.equals("0.0.0.0") || host.equals("::")
            ? "localhost"
            : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + config.getValue("quarkus.http.port", Integer.class) + "/";
  }
}
