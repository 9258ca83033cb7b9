package io.precordia;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The floors of docs/architecture.md: a package imports only what lies below it, and each toolkit
 * stays in its rooms.
 */
final class FloorsTest {
  private static final String ROOT = "io.precordia.";

  private static final Map<String, Double> FLOORS =
      Map.ofEntries(
          Map.entry("error", 0.0),
          Map.entry("multipart", 0.5),
          Map.entry("study", 1.0),
          Map.entry("terminology", 1.0),
          Map.entry("tensor", 1.1),
          Map.entry("weights", 1.3),
          Map.entry("nn", 2.0),
          Map.entry("imaging", 2.0),
          Map.entry("ecg", 2.0),
          Map.entry("report", 2.0),
          Map.entry("dicom", 2.5),
          Map.entry("adapter", 3.0),
          Map.entry("model", 3.5),
          Map.entry("train", 4.0),
          Map.entry("serve", 4.1),
          Map.entry("store", 4.2),
          Map.entry("index", 4.2),
          Map.entry("ingest", 5.0),
          Map.entry("query", 5.1),
          Map.entry("delivery", 5.2),
          Map.entry("dicomweb", 5.3),
          Map.entry("workspace", 5.5),
          Map.entry("api", 6.0),
          Map.entry("hl7", 6.2),
          Map.entry("fhir", 6.5),
          Map.entry("cli", 7.0),
          Map.entry("ui", 7.0));

  /** Package prefix of a toolkit to the rooms that may use it. */
  private static final Map<String, List<String>> TOOLKITS =
      Map.ofEntries(
          Map.entry("org.aoju.", List.of("dicom")),
          Map.entry("ai.djl.huggingface.", List.of("report")),
          Map.entry("ai.djl.ndarray.", List.of("tensor")),
          Map.entry("ai.djl.pytorch.", List.of("tensor")),
          Map.entry("ca.uhn.fhir.", List.of("fhir")),
          Map.entry("ca.uhn.hl7v2.", List.of("report")),
          Map.entry("org.hl7.fhir.", List.of("fhir")),
          Map.entry("jakarta.ws.rs.", List.of("api", "fhir")),
          Map.entry("picocli.", List.of("cli")),
          Map.entry("org.flywaydb.", List.of("store")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.precordia");

  private static String room(JavaClass c) {
    String rest =
        c.getPackageName().substring(Math.min(ROOT.length(), c.getPackageName().length()));
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  @Test
  void everyPackageHasAFloor() {
    assertFalse(CLASSES.isEmpty(), "no classes found");
    var unknown = new TreeSet<String>();
    for (JavaClass c : CLASSES) {
      if (!FLOORS.containsKey(room(c))) {
        unknown.add(c.getPackageName());
      }
    }
    assertTrue(unknown.isEmpty(), () -> "packages without a floor: " + unknown);
  }

  @Test
  void importsGoOnlyDown() {
    var bad = new TreeSet<String>();
    for (JavaClass c : CLASSES) {
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        JavaClass t = d.getTargetClass();
        if (!t.getPackageName().startsWith("io.precordia")) {
          continue;
        }
        String from = room(c);
        String to = room(t);
        if (!from.equals(to) && FLOORS.getOrDefault(to, 99.0) >= FLOORS.getOrDefault(from, -1.0)) {
          bad.add(c.getName() + " -> " + t.getName());
        }
      }
    }
    assertTrue(bad.isEmpty(), () -> "imports that do not go down: " + bad);
  }

  @Test
  void toolkitsStayInTheirRooms() {
    var bad = new TreeSet<String>();
    for (JavaClass c : CLASSES) {
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        String target = d.getTargetClass().getName();
        TOOLKITS.forEach(
            (prefix, owners) -> {
              if (target.startsWith(prefix) && !owners.contains(room(c))) {
                bad.add(c.getName() + " -> " + target);
              }
            });
      }
    }
    assertTrue(bad.isEmpty(), () -> "toolkits used outside their room: " + bad);
  }
}
