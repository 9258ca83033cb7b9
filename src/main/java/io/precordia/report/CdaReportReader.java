package io.precordia.report;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import io.precordia.study.OrderNumbers;
import io.precordia.study.Report;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * HL7 CDA (C-CDA Diagnostic Imaging Report and its like): the title and narrative text of each
 * section becomes a heading and its text. Document type declarations are refused, so no entity is
 * expanded.
 */
final class CdaReportReader {
  private static final int MAX_DEPTH = 128;
  private final Deque<String> path = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable StringBuilder open;
  private String title = "";
  private @Nullable String subject;
  private @Nullable String document;
  private final Set<String> orders = new LinkedHashSet<>();
  private @Nullable String sex;
  private @Nullable LocalDate birth;
  private @Nullable LocalDate date;

  private CdaReportReader() {}

  /** A document's narrative and identity. */
  record Result(Report report, Identity identity, OrderNumbers numbers) {}

  static Result read(String xml) {
    CdaReportReader reader = new CdaReportReader();
    try {
      reader.parse(xml);
    } catch (XMLStreamException e) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "the XML document is not well-formed");
    }
    if (reader.text.toString().isBlank()) {
      throw new PrecordiaException(
          ErrorCode.NO_TEXT, "the CDA document holds no narrative section");
    }
    return new Result(
        ReportSections.split(reader.text.toString()),
        reader.identity(),
        new OrderNumbers(reader.orders, Set.of()));
  }

  private Identity identity() {
    return new Identity(
        subject, document, null, date, sex, PatientFacts.age(birth, date), null, List.of());
  }

  private void parse(String source) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(source));
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new PrecordiaException(
                ErrorCode.MALFORMED,
                "the XML document has a document type declaration or entity, which is not accepted");
        case XMLStreamConstants.START_ELEMENT -> start(xml);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (open != null) {
            open.append(xml.getText().replaceAll("\\s+", " "));
          }
        }
        case XMLStreamConstants.END_ELEMENT -> end();
        default -> {}
      }
    }
  }

  private void start(XMLStreamReader xml) {
    String name = xml.getLocalName();
    if (path.isEmpty() && !name.equals("ClinicalDocument")) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT,
          "an XML document of a kind that is not read here (HL7 CDA and aECG are)");
    }
    if (path.size() >= MAX_DEPTH) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED,
          "the XML document's elements are nested more than " + MAX_DEPTH + " deep");
    }
    String parent = path.isEmpty() ? "" : path.peek();
    String value = attribute(xml, "value");
    switch (name) {
      case "title", "text" -> {
        if (parent.equals("section")) {
          open = new StringBuilder();
        }
      }
      case "br", "paragraph", "item", "tr", "content" -> {
        if (open != null) {
          open.append(name.equals("content") ? " " : "\n");
        }
      }
      case "id" -> id(parent, attribute(xml, "root"), attribute(xml, "extension"));
      case "administrativeGenderCode" ->
          sex =
              sex == null && parent.equals("patient")
                  ? PatientFacts.sex(attribute(xml, "code"))
                  : sex;
      case "birthTime" ->
          birth = birth == null && parent.equals("patient") ? PatientFacts.date(value) : birth;
      case "effectiveTime" ->
          date =
              date == null && parent.equals("ClinicalDocument") ? PatientFacts.date(value) : date;
      default -> {}
    }
    path.push(name);
  }

  private void id(String parent, String root, String extension) {
    String id = extension.isEmpty() ? root : root.isEmpty() ? extension : extension + "^^^" + root;
    if (!id.isEmpty() && parent.equals("patientRole") && subject == null) {
      subject = id;
    } else if (!id.isEmpty() && parent.equals("ClinicalDocument") && document == null) {
      document = extension.isEmpty() ? root : extension;
    } else if (parent.equals("order")) { // inFulfillmentOf: the accession number (PS3.20 9.2.2)
      orders.add(extension);
    }
  }

  private void end() {
    String name = path.pop();
    if (open != null && name.equals("caption")) {
      dropRepeatedCaption(open);
    }
    String parent = path.isEmpty() ? "" : path.peek();
    if (open != null && parent.equals("section") && (name.equals("title") || name.equals("text"))) {
      String part = open.toString().replaceAll("[ \\t]+", " ").replaceAll(" ?\\n ?", "\n").strip();
      if (name.equals("title")) {
        title = part;
      } else if (!part.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n\n")
            .append(title.isEmpty() ? "" : title + ":\n")
            .append(part);
        title = "";
      }
      open = null;
    }
  }

  /**
   * A caption that only repeats the section's title ("Finding" under "Findings") is layout, not
   * narrative.
   */
  private void dropRepeatedCaption(StringBuilder narrative) {
    int line = narrative.lastIndexOf("\n") + 1;
    String caption = narrative.substring(line).strip();
    if (!caption.isEmpty()
        && title
            .toLowerCase(java.util.Locale.ROOT)
            .startsWith(caption.toLowerCase(java.util.Locale.ROOT))) {
      narrative.setLength(line);
    }
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value.strip();
  }
}
