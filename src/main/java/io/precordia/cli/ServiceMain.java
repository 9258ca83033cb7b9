package io.precordia.cli;

import io.precordia.api.DimseDoor;
import io.precordia.api.EngineHolder;
import io.precordia.api.PrecordiaConfig;
import io.precordia.error.PrecordiaException;
import io.precordia.hl7.MllpDoor;
import io.precordia.ingest.ImportReport;
import io.precordia.workspace.DemoData;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The service once the framework is up: says where it is when the engine is open, then waits until
 * it is told to stop.
 */
public final class ServiceMain implements QuarkusApplication {
  private static final long DEMO_SEED = 1;
  private final EngineHolder holder;
  private final Config config;
  private final PrecordiaConfig settings;
  private final DimseDoor dimse;
  private final MllpDoor mllp;

  ServiceMain(
      EngineHolder holder,
      Config config,
      PrecordiaConfig settings,
      DimseDoor dimse,
      MllpDoor mllp) {
    this.dimse = dimse;
    this.mllp = mllp;
    this.holder = holder;
    this.config = config;
    this.settings = settings;
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
    Optional<String> dicom = dimse.await().map(this::dicom);
    Optional<String> hl7 = mllp.await().map(port -> settings.hl7().host() + ":" + port);
    if (List.of(args).contains("--json")) {
      Map<String, String> doors = new LinkedHashMap<>();
      doors.put("url", url);
      dicom.ifPresent(at -> doors.put("dicom", at));
      hl7.ifPresent(at -> doors.put("hl7", at));
      console.json(doors);
    } else {
      console.out().println("Precordia is ready at " + url);
      dicom.ifPresent(at -> console.out().println("DICOM: " + at));
      hl7.ifPresent(at -> console.out().println("HL7: " + at));
    }
    console.out().flush();
    if (settings.demo()) {
      demo(console);
    }
    Quarkus.waitForExit();
    return 0;
  }

  private void demo(Console console) {
    try (ProgressLine progress = new ProgressLine(console.err(), "demo studies")) {
      ImportReport report =
          new DemoData(holder.engine().workspace())
              .fill(settings.demoStudies(), DEMO_SEED, progress);
      console
          .err()
          .println("demo: " + report.count(ImportReport.Status.STORED) + " instances added");
    } catch (PrecordiaException e) {
      console.err().println("demo: " + e.code().id() + ": " + e.getMessage());
    }
  }

  private String dicom(int port) {
    return settings.dimse().aeTitle() + " at " + settings.dimse().host() + ":" + port;
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
