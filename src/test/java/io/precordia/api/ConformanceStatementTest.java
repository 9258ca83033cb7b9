package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.net.Negotiation;
import io.precordia.dicom.net.Negotiation.Proposal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/dicom-conformance.md says what the service negotiates, no more and no less. */
final class ConformanceStatementTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9.]+) \\|.*$");
  private static final List<String> PLAIN = List.of("1.2.840.10008.1.2.1", "1.2.840.10008.1.2");
  @TempDir Path dir;

  /** The UIDs of the table under a heading. */
  private static Set<String> table(String heading) throws Exception {
    String text = Files.readString(Path.of("docs", "dicom-conformance.md"));
    int from = text.indexOf(heading);
    assertTrue(from > 0, heading);
    int to = text.indexOf("\n#", from + 10);
    Set<String> uids = new LinkedHashSet<>();
    Matcher row = ROW.matcher(text.substring(from, to));
    while (row.find()) {
      assertTrue(uids.add(row.group(1)), "twice: " + row.group(1));
    }
    return uids;
  }

  private static Set<Proposal> all(Set<String> classes, Iterable<String> syntaxes) {
    Set<Proposal> proposals = new LinkedHashSet<>();
    for (String sopClass : classes) {
      for (String syntax : syntaxes) {
        proposals.add(new Proposal(sopClass, syntax));
      }
    }
    return proposals;
  }

  @Test
  void tablesAreWhatIsNegotiated() throws Exception {
    Set<String> services = table("##### 4.2.1.1");
    Set<String> storage = table("##### 4.2.1.2");
    Set<String> syntaxes = table("##### 4.2.1.3");
    assertTrue(services.size() > 5 && storage.size() > 100 && syntaxes.size() > 30);
    try (DimseService service = new DimseService(dir.resolve("data"))) {
      Negotiation negotiation = new Negotiation(service.requestor, service.address());
      // what the tables list, each storage class with each syntax
      Set<Proposal> listed = all(storage, syntaxes);
      listed.addAll(all(services, PLAIN));
      assertEquals(listed, negotiation.accepted(new ArrayList<>(listed), false));
      // what there is besides
      Set<String> everything = new TreeSet<>(Negotiation.knownUids());
      everything.addAll(services);
      everything.addAll(storage);
      everything.add("1.2.3.4.5.6.7");
      Set<String> accepted =
          negotiation.accepted(new ArrayList<>(all(everything, PLAIN)), false).stream()
              .map(Proposal::sopClass)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> both = new TreeSet<>(services);
      both.addAll(storage);
      assertEquals(both, accepted);
      // syntaxes that are not listed, and services in compressed ones
      List<Proposal> foreign =
          List.of(
              new Proposal("1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.1.2.4.94"),
              new Proposal("1.2.840.10008.5.1.4.1.1.1", "1.2.3.4"),
              new Proposal("1.2.840.10008.1.1", "1.2.840.10008.1.2.4.50"));
      assertEquals(Set.of(), negotiation.accepted(foreign, false));
      // roles: as provider for a peer's retrieval and as user of its commitment
      List<Proposal> roles =
          List.of(
              new Proposal("1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.1.2.1"),
              new Proposal("1.2.840.10008.1.20.1", "1.2.840.10008.1.2.1"),
              new Proposal("1.2.840.10008.5.1.4.1.2.2.1", "1.2.840.10008.1.2.1"));
      assertEquals(new LinkedHashSet<>(roles.subList(0, 2)), negotiation.accepted(roles, true));
    }
  }
}
