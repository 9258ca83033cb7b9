package io.precordia.train.sim.ecg;

import io.precordia.study.Lead;
import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a reader looks for one finding: leads and, within them, stretches of the recording. It is
 * taken from the fiducials of whole beats, so that beats cut off at either end are left out. Leads
 * follow the diagnostic criteria (AHA/ACCF/HRS recommendations, 2009); a finding of the rate or of
 * the recording as a whole has no such place.
 *
 * @param parts one or two; they may overlap
 */
public record EcgEvidence(List<Part> parts) {
  /** Stretch of one beat. */
  public enum Segment {
    /** Onset of P to onset of QRS. */
    PR,
    /** Onset to offset of QRS. */
    QRS,
    /** J point to end of T. */
    ST_T,
    /** Onset of QRS to end of T of a ventricular premature beat. */
    ECTOPIC_QRST,
    /** Onset of P to end of T of an atrial premature beat. */
    PREMATURE_PQRST,
    /** Stimulus to J point of a paced beat. */
    PACED_QRS,
    /** End of T to the next beat's QRS: where P waves would be. */
    TQ
  }

  /**
   * @param spans first sample and the one behind the last, in time order
   */
  public record Part(Set<Lead> leads, Segment segment, List<Span> spans) {
    public Part {
      leads = Set.copyOf(leads);
      spans = List.copyOf(spans);
    }
  }

  /**
   * @param from first sample, from 0
   * @param to behind the last
   */
  public record Span(int from, int to) {}

  private static final Set<Lead> ALL = Set.of(Lead.values());
  private static final Set<Lead> LATERAL = Set.of(Lead.I, Lead.AVL, Lead.V5, Lead.V6);
  private static final Set<Lead> INFERIOR = Set.of(Lead.II, Lead.III, Lead.AVF);

  /** The limb leads that the frontal axis is read from. */
  private static final Set<Lead> FRONTAL = Set.of(Lead.I, Lead.II, Lead.III, Lead.AVL, Lead.AVF);

  private static final Set<Lead> LIMB = with(FRONTAL, Lead.AVR);

  /** Samples that a pacemaker's stimulus may lie before its QRS: 10 ms at 500 Hz. */
  private static final int STIMULUS = 5;

  public EcgEvidence {
    parts = List.copyOf(parts);
  }

  /** The evidence of a finding, empty where it has no place of its own or no whole beat shows. */
  public static Optional<EcgEvidence> of(Finding finding, EcgState state, EcgRecording recording) {
    List<Fiducials> beats = recording.beats();
    List<Part> parts =
        switch (finding) {
          case ST_ELEVATION -> {
            EcgState.Territory territory = state.stElevation();
            yield territory == null
                ? List.of()
                : List.of(part(leads(territory), Segment.ST_T, beats));
          }
          case LEFT_BUNDLE_BRANCH_BLOCK ->
              List.of(part(with(LATERAL, Lead.V1, Lead.V2), Segment.QRS, beats));
          case RIGHT_BUNDLE_BRANCH_BLOCK ->
              List.of(part(EnumSet.of(Lead.I, Lead.V1, Lead.V2, Lead.V6), Segment.QRS, beats));
          case LEFT_VENTRICULAR_HYPERTROPHY ->
              List.of(
                  part(with(LATERAL, Lead.V1, Lead.V2), Segment.QRS, beats),
                  part(LATERAL, Segment.ST_T, beats));
          case VENTRICULAR_PREMATURE_BEATS -> List.of(part(ALL, Segment.ECTOPIC_QRST, beats));
          case FIRST_DEGREE_AV_BLOCK -> List.of(part(ALL, Segment.PR, beats));
          case ATRIAL_FIBRILLATION, ATRIAL_FLUTTER ->
              List.of(part(with(INFERIOR, Lead.V1), Segment.TQ, beats));
          // P waves without a beat lie somewhere between two beats.
          case HIGHER_DEGREE_AV_BLOCK -> List.of(part(ALL, Segment.TQ, beats));
          case ATRIAL_PREMATURE_BEATS -> List.of(part(ALL, Segment.PREMATURE_PQRST, beats));
          case PACED_RHYTHM -> List.of(part(ALL, Segment.PACED_QRS, beats));
          case FASCICULAR_BLOCK, RIGHT_AXIS_DEVIATION -> List.of(part(FRONTAL, Segment.QRS, beats));
          case PRE_EXCITATION ->
              List.of(part(ALL, Segment.PR, beats), part(ALL, Segment.QRS, beats));
          case RIGHT_VENTRICULAR_HYPERTROPHY ->
              List.of(
                  part(
                      EnumSet.of(Lead.I, Lead.AVF, Lead.V1, Lead.V2, Lead.V5, Lead.V6),
                      Segment.QRS,
                      beats),
                  part(EnumSet.of(Lead.V1, Lead.V2, Lead.V3), Segment.ST_T, beats));
          case OLD_INFARCTION -> {
            EcgState.Territory territory = state.oldInfarction();
            yield territory == null
                ? List.of()
                : List.of(part(leads(territory), Segment.QRS, beats));
          }
          case ISCHAEMIA -> {
            EcgState.Territory territory = state.ischaemia();
            yield territory == null
                ? List.of()
                : List.of(part(leads(territory), Segment.ST_T, beats));
          }
          case PERICARDITIS -> {
            EnumSet<Lead> diffuse = EnumSet.allOf(Lead.class);
            diffuse.removeAll(Set.of(Lead.AVR, Lead.V1));
            yield List.of(part(diffuse, Segment.PR, beats), part(diffuse, Segment.ST_T, beats));
          }
          case HYPERKALAEMIA ->
              List.of(
                  part(
                      EnumSet.of(Lead.II, Lead.III, Lead.V2, Lead.V3, Lead.V4),
                      Segment.ST_T,
                      beats),
                  part(ALL, Segment.QRS, beats));
          case LONG_QT -> List.of(part(ALL, Segment.ST_T, beats));
          case LOW_VOLTAGE -> List.of(part(LIMB, Segment.QRS, beats));
          default -> List.of();
        };
    boolean seen = parts.stream().anyMatch(p -> !p.spans().isEmpty());
    return seen ? Optional.of(new EcgEvidence(parts)) : Optional.empty();
  }

  /** The leads of a coronary territory, as {@link EcgState.Territory#leads()} says in words. */
  public static Set<Lead> leads(EcgState.Territory territory) {
    return switch (territory) {
      case ANTERIOR -> EnumSet.of(Lead.V1, Lead.V2, Lead.V3, Lead.V4);
      case INFERIOR -> INFERIOR;
      case LATERAL -> LATERAL;
    };
  }

  private static Set<Lead> with(Set<Lead> leads, Lead... more) {
    EnumSet<Lead> out = EnumSet.copyOf(leads);
    out.addAll(List.of(more));
    return out;
  }

  private static Part part(Set<Lead> leads, Segment segment, List<Fiducials> beats) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < beats.size(); i++) {
      Fiducials b = beats.get(i);
      switch (segment) {
        case PR -> add(spans, b.pOnset() >= 0 && !b.ectopic(), b.pOnset(), b.qrsOnset());
        case QRS -> add(spans, !b.ectopic(), b.qrsOnset(), b.qrsOffset());
        case ST_T -> add(spans, !b.ectopic(), b.qrsOffset(), b.tEnd());
        case PREMATURE_PQRST ->
            add(
                spans,
                b.origin() == EcgRecording.Origin.ATRIAL_PREMATURE,
                b.pOnset() >= 0 ? b.pOnset() : b.qrsOnset(),
                b.tEnd());
        case PACED_QRS ->
            add(
                spans,
                b.origin() == EcgRecording.Origin.PACED,
                Math.max(0, b.qrsOnset() - STIMULUS),
                b.qrsOffset());
        case ECTOPIC_QRST -> add(spans, b.ectopic(), b.qrsOnset(), b.tEnd());
        case TQ ->
            add(
                spans,
                i + 1 < beats.size() && beats.get(i + 1).qrsOnset() > b.tEnd(),
                b.tEnd(),
                i + 1 < beats.size() ? beats.get(i + 1).qrsOnset() : 0);
      }
    }
    return new Part(leads, segment, spans);
  }

  private static void add(List<Span> spans, boolean holds, int from, int to) {
    if (holds && to > from) {
      spans.add(new Span(from, to));
    }
  }

  /**
   * The places as a mask.
   *
   * @param samples length of the mask's rows
   * @param rateHz samples per second of the mask; its sample k is the recording's at time k/rate
   * @return [12][samples] in {@link Lead} order
   */
  public boolean[][] mask(int samples, double rateHz) {
    boolean[][] out = new boolean[12][samples];
    for (Part part : parts) {
      for (Span span : part.spans()) {
        int from = (int) Math.round(span.from() * rateHz / EcgSimulator.RATE_HZ);
        int to = (int) Math.round(span.to() * rateHz / EcgSimulator.RATE_HZ);
        for (Lead lead : part.leads()) {
          Arrays.fill(out[lead.ordinal()], Math.min(from, samples), Math.min(to, samples), true);
        }
      }
    }
    return out;
  }
}
