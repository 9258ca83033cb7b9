package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.study.Modality;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which folder serves which modality.
 *
 * @param base serves what has no folder of its own, as far as it has a tower for it
 * @param own folder of a modality
 */
public record BranchFolders(Path base, Map<Modality, Path> own) {
  public BranchFolders {
    own = Map.copyOf(own);
  }

  /** Whether modalities have folders of their own. */
  public boolean split() {
    return !own.isEmpty();
  }

  /**
   * Opens every folder that serves a modality, each once.
   *
   * @throws PrecordiaException BAD_WEIGHTS as {@link ModelFolder#open}; INVALID_CONFIGURATION if a
   *     folder has no tower for the modality it is named for
   */
  public Encoder open() {
    if (own.isEmpty()) {
      return ModelFolder.open(base);
    }
    Map<Path, Encoder> opened = new LinkedHashMap<>();
    try {
      Map<Modality, Encoder> models = new EnumMap<>(Modality.class);
      for (Modality modality : Modality.values()) {
        Path folder = own.get(modality);
        Encoder encoder = opened(folder == null ? base : folder, opened);
        if (encoder.modalities().contains(modality)) {
          models.put(modality, encoder);
        } else if (folder != null) {
          throw new PrecordiaException(
              ErrorCode.INVALID_CONFIGURATION,
              "precordia.model."
                  + modality.name().toLowerCase(Locale.ROOT)
                  + " names a folder whose model has no tower for it: "
                  + folder);
        }
      }
      new HashSet<>(opened.values())
          .stream().filter(e -> !models.containsValue(e)).forEach(Encoder::close);
      return new BranchEncoder(models);
    } catch (RuntimeException | Error e) {
      new HashSet<>(opened.values()).forEach(Encoder::close);
      throw e;
    }
  }

  /** Two folders of the same content are one space, so the first one serves for both. */
  private static Encoder opened(Path folder, Map<Path, Encoder> known) {
    Path real = folder.toAbsolutePath().normalize();
    Encoder before = known.get(real);
    if (before != null) {
      return before;
    }
    Encoder encoder = ModelFolder.open(real);
    for (Encoder other : known.values()) {
      if (other.ref().sha256().equals(encoder.ref().sha256())) {
        encoder.close();
        encoder = other;
        break;
      }
    }
    known.put(real, encoder);
    return encoder;
  }

  /** A stable line that says which folders serve. */
  public String description() {
    StringBuilder out = new StringBuilder(base.toAbsolutePath().normalize().toString());
    for (Modality modality : Modality.values()) {
      Path folder = own.get(modality);
      if (folder != null) {
        out.append(", ").append(modality).append(' ').append(folder.toAbsolutePath().normalize());
      }
    }
    return out.toString();
  }
}
