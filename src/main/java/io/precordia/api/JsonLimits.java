package io.precordia.api;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Bounds on JSON bodies: they hold words and ids, files come as multipart. */
@Singleton
public class JsonLimits implements ObjectMapperCustomizer {
  static final int BYTES = 4 << 20;
  private static final int DEPTH = 32;

  @Override
  public void customize(ObjectMapper mapper) {
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(BYTES)
                .maxStringLength(BYTES)
                .maxNestingDepth(DEPTH)
                .build());
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
  }
}
