package io.precordia.train.sim.state;

import io.precordia.train.sim.state.EcgState.AvBlock;

/**
 * Rates (beats per minute) and intervals (milliseconds) that the findings choose from.
 *
 * @param restRate 61 to 97
 * @param slowRate sinus bradycardia
 * @param fastRate sinus tachycardia
 * @param fibrillationRate mean ventricular rate in atrial fibrillation
 * @param flutterRate atrial rate in flutter
 * @param flutterRatio mean atrial beats per ventricular beat in flutter, 2 to 4
 * @param flutterVariable whether that ratio changes from beat to beat
 * @param atrialRate sinus rate under AV block
 * @param escapeRate of a complete block
 * @param broadEscape a ventricular escape rhythm
 * @param avBlock kind of AV block beyond the first degree
 * @param cycle P waves per dropped beat in Wenckebach and Mobitz blocks, 3 to 5
 * @param pacedRate lower rate of the pacemaker
 * @param dualChamber a pacemaker that follows or paces the atrium, else ventricular pacing
 * @param atrialSpikes whether the dual chamber device paces the atrium too
 * @param prMs normal PR
 * @param longPrMs PR of a first-degree block
 * @param shortPrMs PR of pre-excitation
 * @param ventricularBeats premature ones within the strip
 * @param atrialBeats premature ones within the strip
 */
public record EcgTiming(
    double restRate,
    double slowRate,
    double fastRate,
    double fibrillationRate,
    double flutterRate,
    double flutterRatio,
    boolean flutterVariable,
    double atrialRate,
    double escapeRate,
    boolean broadEscape,
    AvBlock avBlock,
    int cycle,
    double pacedRate,
    boolean dualChamber,
    boolean atrialSpikes,
    double prMs,
    double longPrMs,
    double shortPrMs,
    int ventricularBeats,
    int atrialBeats) {

  /** Ventricular beats per P wave in a second-degree block. */
  double conductedShare() {
    return avBlock == AvBlock.TWO_TO_ONE ? 0.5 : (cycle - 1.0) / cycle;
  }
}
