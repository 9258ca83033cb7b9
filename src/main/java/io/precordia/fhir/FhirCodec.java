package io.precordia.fhir;

import ca.uhn.fhir.context.ConfigurationException;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes resources. Thread-safe; the toolkit's model is built when it is first needed.
 */
@Singleton
public class FhirCodec {
  private final ReentrantLock building = new ReentrantLock();
  private volatile @Nullable FhirContext context;

  FhirContext context() {
    FhirContext known = context;
    if (known != null) {
      return known;
    }
    building.lock();
    try {
      FhirContext now = context;
      if (now == null) {
        now = FhirContext.forR4();
        now.setParserErrorHandler(new ParseFaults());
        context = now;
      }
      return now;
    } finally {
      building.unlock();
    }
  }

  private IParser parser(FhirFormat format) {
    return format == FhirFormat.JSON ? context().newJsonParser() : context().newXmlParser();
  }

  /**
   * Reads a resource strictly: unknown elements, repeated keys and invalid values are errors.
   *
   * @throws PrecordiaException INVALID_REQUEST, TOO_LARGE; the message quotes no value
   */
  Resource parse(byte[] body, FhirFormat format) {
    if (format == FhirFormat.JSON) {
      BodyScan.json(body);
    } else {
      BodyScan.xml(body);
    }
    try {
      IBaseResource resource = parser(format).parseResource(text(body));
      if (resource instanceof Resource r4) {
        return r4;
      }
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "the body is not a FHIR R4 resource");
    } catch (DataFormatException | ConfigurationException e) {
      throw fault(e);
    } catch (IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      // what the toolkit throws where it meets what it did not expect
      throw fault(e);
    }
  }

  private static PrecordiaException fault(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PrecordiaException known) {
        return known;
      }
    }
    return new PrecordiaException(
        ErrorCode.INVALID_REQUEST,
        "the body is not a FHIR R4 resource: its type is unknown or its structure is wrong",
        e);
  }

  private static String text(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the body is not in UTF-8 (FHIR R4 section 2.6.1)", e);
    }
  }

  String write(Resource resource, FhirFormat format, boolean pretty) {
    return parser(format).setPrettyPrint(pretty).encodeResourceToString(resource);
  }

  /** The elements of the summary only, tagged SUBSETTED. */
  String writeSummary(Resource resource, FhirFormat format, boolean pretty) {
    IParser parser = parser(format).setPrettyPrint(pretty);
    parser.setSummaryMode(true);
    return parser.encodeResourceToString(resource);
  }

  byte[] json(Resource resource) {
    return write(resource, FhirFormat.JSON, false).getBytes(StandardCharsets.UTF_8);
  }

  /** A copy in which nothing is shared with the original. */
  <R extends Resource> R copy(R resource) {
    @SuppressWarnings("unchecked") // a resource copies itself
    R copy = (R) resource.copy();
    return copy;
  }

  /**
   * Kept bytes as a resource again.
   *
   * @throws IOException if they are none
   */
  <R extends Resource> R stored(Class<R> type, byte[] json) throws IOException {
    try {
      return parser(FhirFormat.JSON).parseResource(type, text(json));
    } catch (RuntimeException e) {
      throw new IOException("not a resource of this type", e);
    }
  }
}
