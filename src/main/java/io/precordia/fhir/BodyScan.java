package io.precordia.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One pass over a body before the toolkit builds objects of it: well-formed, no key twice, not
 * deeper and not larger than any resource needs, no numbers that would explode when they are
 * expanded, no DTD. Messages never quote the body.
 */
final class BodyScan {
  private static final int DEPTH = 60;
  private static final int STRING = 64 << 20;
  private static final int EXPONENT = 300;
  private static final int ELEMENTS = 200_000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(STRING)
                  .maxNumberLength(64)
                  .maxNameLength(256)
                  .build())
          .build();

  private BodyScan() {}

  static void json(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("the body is not a JSON object");
      }
      int depth = 1;
      int elements = 0;
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
          number(parser.getText());
        }
        count(++elements);
        if (depth == 0 && parser.nextToken() != null) {
          throw malformed("there is more after the JSON object");
        }
        if (depth == 0) {
          return;
        }
      }
      throw malformed("the JSON body ends too early");
    } catch (StreamConstraintsException e) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "the JSON body is deeper or has longer values than is taken", e);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "the body is not well-formed JSON, or has a key twice"
              + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()),
          e);
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "the body could not be read", e);
    }
  }

  // A short number can stand for gigabytes of digits.
  private static void number(String text) {
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (e >= 0) {
      String exponent = text.substring(e + 1);
      if (exponent.length() > 5 || Math.abs(Integer.parseInt(exponent)) > EXPONENT) {
        throw new PrecordiaException(
            ErrorCode.INVALID_REQUEST, "a number of the body is out of any range");
      }
    }
  }

  static void xml(byte[] body) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      int depth = 0;
      int elements = 0;
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
          throw malformed("the XML body has a document type or entity; neither is taken");
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
          count(++elements);
          if (++depth > DEPTH) {
            throw new PrecordiaException(ErrorCode.TOO_LARGE, "the XML body is too deep");
          }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        }
      }
      reader.close();
    } catch (XMLStreamException e) {
      var at = e.getLocation();
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "the body is not well-formed XML"
              + (at == null
                  ? ""
                  : ", at line " + at.getLineNumber() + ", column " + at.getColumnNumber()),
          e);
    }
  }

  private static void count(int elements) {
    if (elements > ELEMENTS) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "the body has more than " + ELEMENTS + " elements");
    }
  }

  private static PrecordiaException malformed(String message) {
    return new PrecordiaException(ErrorCode.INVALID_REQUEST, message);
  }
}
