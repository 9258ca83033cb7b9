package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/**
 * Version ids: the first 64 bits of SHA-256 over the resource's JSON. The same content has the same
 * version; anything that changes what is served, also another model, makes another.
 */
@Singleton
public class Versions {
  private static final int DIGITS = 16;
  private final FhirCodec codec;

  Versions(FhirCodec codec) {
    this.codec = codec;
  }

  /** Sets the version id of a resource that is about to be served. */
  <R extends Resource> R stamp(R resource) {
    Meta meta = resource.getMeta();
    meta.setVersionId(null);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(codec.json(resource));
      meta.setVersionId(HexFormat.of().formatHex(digest).substring(0, DIGITS));
      return resource;
    } catch (NoSuchAlgorithmException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "SHA-256 is not available on this Java runtime", e);
    }
  }
}
