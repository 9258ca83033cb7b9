package io.precordia.ecg;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a NumPy array [leads, samples] or [samples, leads] (a leading dimension of 1 is dropped)
 * with a JSON companion of the same base name that says what an array cannot: {@code {"leads":
 * ["I", ...], "rate": 500, "unit": "mV", "scale": 0.001}}. {@code unit} may be "zscore" for
 * amplitudes without voltage; {@code scale} is units per raw step, 1 if left out. Nothing is
 * guessed from the shape but which axis is the leads'; if both could be, the first is.
 */
public final class NpyReader {
  private static final int MAX_COMPANION = 1 << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
              .build());

  private NpyReader() {}

  /** Whether the bytes begin with NumPy's magic string. */
  public static boolean looksLike(byte[] bytes) {
    return NpyArray.looksLike(bytes);
  }

  /** The companion's name for an array's file name: {@code x.npy} goes with {@code x.json}. */
  public static String companionName(String npyName) {
    return npyName.replaceFirst("(?i)\\.npy$", "") + ".json";
  }

  /**
   * Reads an array with its companion.
   *
   * @param companion JSON bytes, or null if there is none
   * @throws PrecordiaException MISSING_CALIBRATION (no companion, rate or unit), NO_KNOWN_LEADS (no
   *     lead names), MALFORMED, TRUNCATED, UNSUPPORTED_FORMAT, TOO_LARGE
   */
  public static Recording read(byte[] bytes, byte @Nullable [] companion) {
    NpyArray array = NpyArray.parse(bytes);
    if (companion == null) {
      throw new PrecordiaException(
          ErrorCode.MISSING_CALIBRATION,
          "a NumPy array states no leads, rate or unit; give a JSON file of the same name with leads, rate and unit");
    }
    JsonNode json = json(companion);
    List<String> leads = leads(json);
    double rate =
        number(json, Double.NaN, "rate", "rate_hz", "fs", "sampling_rate", "sampling_frequency");
    String unit = json.path("unit").asText(json.path("units").asText(""));
    boolean relative = CsvColumn.isRelative(unit);
    double scale = number(json, 1, "scale");
    int[] shape = shape(array);
    boolean leadsFirst = shape[0] == leads.size();
    int samples = leadsFirst ? shape[1] : shape[0];
    if (!leadsFirst && shape[1] != leads.size()) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED,
          "neither dimension of the NumPy array equals the " + leads.size() + " leads named");
    }
    boolean leadMajor = leadsFirst != array.fortran();
    List<RawEcg.Channel> channels = new ArrayList<>();
    for (int lead = 0; lead < leads.size(); lead++) {
      double[] values = new double[samples];
      for (int i = 0; i < samples; i++) {
        double v = array.at(leadMajor ? lead * samples + i : i * leads.size() + lead);
        values[i] =
            array.kind() == 'i' && array.width() == 2 && v == Short.MIN_VALUE ? Double.NaN : v;
      }
      channels.add(new RawEcg.Channel(leads.get(lead), values, scale, 0, unit, rate));
    }
    return new Recording(new RawEcg(channels, !relative), Identity.UNKNOWN);
  }

  private static int[] shape(NpyArray array) {
    int[] s = array.shape();
    if (s.length == 3 && s[0] == 1) {
      return new int[] {s[1], s[2]};
    }
    if (s.length == 3) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT,
          "the NumPy array is a batch of " + s[0] + " recordings; save one recording per file");
    }
    if (s.length != 2) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED,
          "the NumPy array has " + s.length + " dimensions; expected leads and samples");
    }
    return s;
  }

  private static JsonNode json(byte[] companion) {
    if (companion.length > MAX_COMPANION) {
      throw new PrecordiaException(ErrorCode.TOO_LARGE, "the JSON companion is larger than 1 MiB");
    }
    try {
      JsonNode json = JSON.readTree(companion);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // reported below
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "the JSON companion cannot be read", e);
    }
    throw new PrecordiaException(
        ErrorCode.MALFORMED, "the JSON companion of the NumPy array is not a JSON object");
  }

  private static List<String> leads(JsonNode json) {
    List<String> leads = new ArrayList<>();
    json.path("leads").forEach(n -> leads.add(n.asText("")));
    if (leads.isEmpty() || leads.size() > 256) {
      throw new PrecordiaException(
          ErrorCode.NO_KNOWN_LEADS,
          "the JSON companion names no leads; give \"leads\": [\"I\", \"II\", ...] in the array's order");
    }
    return leads;
  }

  private static double number(JsonNode json, double otherwise, String... keys) {
    for (String key : keys) {
      if (json.path(key).isNumber()) {
        return json.path(key).asDouble();
      }
    }
    return otherwise;
  }
}
