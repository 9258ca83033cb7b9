package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads HL7 v3 annotated ECG (aECG, PORT_MT020001). The first RHYTHM series counts; without one,
 * the first series of any kind (a representative beat is then usually too short for a window).
 * Document type declarations are refused, so no entity is ever expanded.
 */
public final class AecgReader {
  private static final int MAX_DEPTH = 128;

  private AecgReader() {}

  /** Whether an XML document's root element is AnnotatedECG. */
  public static boolean looksLike(byte[] bytes) {
    try {
      XMLStreamReader xml = open(bytes);
      for (int i = 0; i < 1000 && xml.hasNext(); i++) {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD) {
          return false;
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
          return xml.getLocalName().equals("AnnotatedECG");
        }
      }
      return false;
    } catch (XMLStreamException e) {
      return false;
    }
  }

  /**
   * Reads a document.
   *
   * @throws PrecordiaException MALFORMED (not well-formed, a document type declaration, unreadable
   *     digits), UNSUPPORTED_FORMAT (another root element), EMPTY (no series with a lead),
   *     MISSING_CALIBRATION (no increment, scale or unit), TOO_LARGE
   */
  public static Recording read(byte[] bytes) {
    AecgContent content = new AecgContent();
    try {
      XMLStreamReader xml = open(bytes);
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD ->
              throw malformed("it has a document type declaration, which is not accepted");
          case XMLStreamConstants.ENTITY_REFERENCE -> throw malformed("it refers to an entity");
          case XMLStreamConstants.START_ELEMENT -> {
            if (content.depth() == 0 && !xml.getLocalName().equals("AnnotatedECG")) {
              throw new PrecordiaException(
                  ErrorCode.UNSUPPORTED_FORMAT, "an XML document, but not an HL7 annotated ECG");
            }
            if (content.depth() >= MAX_DEPTH) {
              throw malformed("its elements are nested more than " + MAX_DEPTH + " deep");
            }
            content.start(xml);
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              content.text(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
          case XMLStreamConstants.END_ELEMENT -> content.end();
          default -> {}
        }
      }
    } catch (XMLStreamException e) {
      throw new PrecordiaException(
          content.depth() > 0 && atEnd(e, bytes) ? ErrorCode.TRUNCATED : ErrorCode.MALFORMED,
          "the annotated ECG is not well-formed XML");
    }
    return content.recording();
  }

  /** Whether parsing failed only at the very end, as a cut-off file does. */
  private static boolean atEnd(XMLStreamException e, byte[] bytes) {
    return e.getLocation() != null && e.getLocation().getCharacterOffset() >= bytes.length - 8;
  }

  private static XMLStreamReader open(byte[] bytes) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are not read");
        });
    return factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
  }

  private static PrecordiaException malformed(String what) {
    return new PrecordiaException(ErrorCode.MALFORMED, "the annotated ECG is refused: " + what);
  }
}
