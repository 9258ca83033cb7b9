package io.precordia.train.data;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.train.text.FactVocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Studies of one split from every source.
 *
 * @param simulated triples
 * @param kermany radiographs
 * @param nih radiographs
 * @param ptbxl ECGs
 */
public record Corpora(
    List<StudySample> simulated,
    List<StudySample> kermany,
    List<StudySample> nih,
    List<StudySample> ptbxl) {

  /**
   * @param data folder as in {@code ../shared/data}, or null for the simulator alone
   * @throws PrecordiaException INVALID_CONFIGURATION if the folder lacks a source
   */
  public static Corpora load(
      FactVocabulary facts, @Nullable Path data, Split split, long simulatorSeed, int simulated) {
    XrayPreprocessor xrays = new XrayPreprocessor();
    SimulatedCorpus simulator = new SimulatedCorpus(facts, xrays);
    if (data == null) {
      return new Corpora(simulator.make(simulatorSeed, simulated), List.of(), List.of(), List.of());
    }
    Path kermany = folder(data, "xray/kermany");
    Path nih = folder(data, "xray/nih");
    Path ptbXl = folder(data, "ecg/ptbxl");
    return new Corpora(
        simulator.make(simulatorSeed, simulated),
        new KermanyCorpus(facts, xrays).load(kermany, split),
        new NihCorpus(facts, xrays).load(nih, split),
        new PtbXlCorpus(facts).load(ptbXl, split));
  }

  private static Path folder(Path data, String source) {
    Path folder = data.resolve(source);
    if (!Files.isRegularFile(folder.resolve("manifest.csv"))) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "the data folder has no " + source + "/manifest.csv; see docs/evaluation.md");
    }
    return folder;
  }
}
