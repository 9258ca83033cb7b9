package io.precordia.train.sim;

import io.precordia.dicom.write.DerivedUid;
import io.precordia.dicom.write.ObjectIdentity;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.SimRandom;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;

/**
 * The plainly synthetic identity of a simulated patient, a function of seed and index alone.
 *
 * @param name PN value
 * @param patientId unique per seed and index
 * @param accession at most 16 characters
 * @param studyUid Study Instance UID under 2.25
 * @param birth birth date
 * @param taken date and time of the study
 */
record SimulatedIdentity(
    String name,
    String patientId,
    String accession,
    String studyUid,
    LocalDate birth,
    LocalDateTime taken) {
  static final String ISSUER = "PRECORDIA-SIMULATOR";

  static SimulatedIdentity of(ChestState state) {
    SimRandom r = state.random("identity");
    String number = String.format(Locale.ROOT, "%06d", state.index());
    String key = state.seed() + ":" + state.index();
    LocalDate day = LocalDate.of(2021, 1, 1).plusDays(r.below(1800));
    LocalTime time = LocalTime.of(7 + r.below(12), r.below(60), r.below(60));
    LocalDate birth = day.minusYears(state.ageYears()).minusDays(1 + r.below(360));
    String accession =
        "S"
            + Long.toUnsignedString(
                    SimRandom.of(state.seed(), state.index(), "accession").nextLong() >>> 1, 36)
                .toUpperCase(Locale.ROOT);
    return new SimulatedIdentity(
        "SIMULATED^PATIENT " + number,
        "SIM-" + state.seed() + "-" + number,
        accession,
        uid(key, "study"),
        birth,
        day.atTime(time));
  }

  private static String uid(String key, String what) {
    return DerivedUid.of("precordia-simulator:" + key + ":" + what);
  }

  ObjectIdentity object(ChestState state, String what, int series) {
    String key = state.seed() + ":" + state.index();
    return new ObjectIdentity(
        name,
        patientId,
        ISSUER,
        state.sex().code(),
        state.ageYears(),
        birth,
        taken.toLocalDate(),
        taken.toLocalTime(),
        studyUid,
        uid(key, what + "-series"),
        uid(key, what + "-object"),
        series,
        accession,
        "SIMULATED CHEST STUDY");
  }
}
