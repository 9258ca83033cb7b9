package io.precordia.fhir;

import static io.restassured.RestAssured.given;

import io.precordia.TestFolders;
import io.precordia.train.sim.SimulationWriter;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Brings simulated studies into the service under test, as files. */
final class SimulatedStudies {
  private SimulatedStudies() {}

  /** DICOM X-ray, DICOM ECG and report of each study. */
  static void send(int count, long seed) {
    try {
      Path folder = Files.createTempDirectory("precordia-fhir");
      try {
        new SimulationWriter(128).write(folder, seed, count, done -> {});
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
          files =
              walk.filter(Files::isRegularFile)
                  .filter(f -> f.toString().endsWith(".dcm") || f.toString().endsWith(".hl7"))
                  .sorted()
                  .toList();
        }
        RequestSpecification form = given();
        for (Path file : files) {
          form = form.multiPart("file", file.getFileName().toString(), Files.readAllBytes(file));
        }
        form.queryParam("wait", 50)
            .post("/v1/studies")
            .then()
            .log()
            .ifValidationFails()
            .statusCode(201);
      } finally {
        TestFolders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
