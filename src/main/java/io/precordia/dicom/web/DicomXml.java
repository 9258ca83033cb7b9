package io.precordia.dicom.web;

import io.precordia.dicom.BulkElement;
import io.precordia.dicom.DicomHeader;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stream.StreamResult;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.BulkData;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ContentHandlerAdapter;
import org.aoju.bus.image.galaxy.io.SAXWriter;
import org.xml.sax.SAXException;

/** The Native DICOM Model as XML (PS3.19 A.1). Stateless. */
public final class DicomXml {
  private DicomXml() {}

  /** A header, with a link for each value that it leaves out. */
  public static byte[] write(DicomHeader header, BulkLinks links) {
    Attributes data = copy(header.attributes());
    for (BulkElement element : header.bulk()) {
      link(data, element, links.url(element.path()));
    }
    return write(data);
  }

  /** A data set. For the DICOM room only. */
  static byte[] write(Attributes data) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SAXTransformerFactory factory =
          (SAXTransformerFactory) TransformerFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      TransformerHandler handler = factory.newTransformerHandler();
      handler.getTransformer().setOutputProperty(OutputKeys.ENCODING, "UTF-8");
      handler.setResult(new StreamResult(out));
      SAXWriter writer = new SAXWriter(handler);
      writer.setIncludeKeyword(true);
      writer.setIncludeNamespaceDeclaration(true);
      writer.write(data);
      return out.toByteArray();
    } catch (SAXException | TransformerException | RuntimeException e) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the object has an attribute that XML cannot hold", e);
    }
  }

  /**
   * Reads one data set; bulk data stay references. For the DICOM room only.
   *
   * @throws PrecordiaException MALFORMED
   */
  static Attributes read(byte[] xml) {
    try {
      Attributes data = new Attributes();
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.newSAXParser().parse(new ByteArrayInputStream(xml), new ContentHandlerAdapter(data));
      return data;
    } catch (SAXException | IOException | ParserConfigurationException | RuntimeException e) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the metadata are no Native DICOM Model (PS3.19 A.1)", e);
    }
  }

  private static Attributes copy(Attributes data) {
    Attributes out = new Attributes(data.size() + 2);
    for (int tag : data.tags()) {
      VR.Holder vr = new VR.Holder();
      Object value = data.getValue(tag, vr);
      if ((tag & 0xffff) == 0) {
        continue;
      }
      if (value instanceof Sequence items) {
        Sequence copies = out.newSequence(tag, items.size());
        items.forEach(item -> copies.add(copy(item)));
      } else if (value == null) {
        out.setNull(tag, vr.vr == null ? VR.UN : vr.vr);
      } else {
        out.setValue(tag, vr.vr, value);
      }
    }
    return out;
  }

  private static void link(Attributes root, BulkElement element, String url) {
    String[] steps = element.path().split("/");
    Attributes at = root;
    for (int i = 0; i + 2 < steps.length; i += 2) {
      Sequence items = at.getSequence(Integer.parseUnsignedInt(steps[i], 16));
      int item = Integer.parseInt(steps[i + 1]);
      if (items == null || item >= items.size()) {
        return;
      }
      at = items.get(item);
    }
    int tag = Integer.parseUnsignedInt(steps[steps.length - 1], 16);
    at.setValue(tag, VR.valueOf(element.vr()), new BulkData(null, url, false));
  }
}
