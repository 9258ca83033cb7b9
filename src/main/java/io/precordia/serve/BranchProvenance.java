package io.precordia.serve;

import io.precordia.model.Encoder;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands for several models together: their names, and a digest over their digests. */
final class BranchProvenance {
  private BranchProvenance() {}

  static ModelRef of(Map<Modality, Encoder> models) {
    Set<String> names = new LinkedHashSet<>();
    List<String> digests = new ArrayList<>();
    List<String> preprocessing = new ArrayList<>();
    for (Modality modality : Modality.values()) {
      Encoder encoder = models.get(modality);
      if (encoder != null) {
        ModelRef own = encoder.ref(modality);
        names.add(own.id());
        digests.add(modality + " " + own.sha256());
        preprocessing.add(modality + " " + own.preprocessing());
      }
    }
    return new ModelRef(
        String.join("+", names), "branches", sha256(digests), List.of(), sha256(preprocessing));
  }

  private static String sha256(List<String> lines) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
