package io.precordia.delivery;

import io.precordia.Eventually;
import io.precordia.error.ErrorCode;
import io.precordia.store.InstanceStatus;
import io.precordia.store.NewDelivery;
import io.precordia.store.NewInstance;
import io.precordia.store.Store;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Instances and deliveries for the tests of this package. */
final class KeptStudies {
  private KeptStudies() {}

  /** Keeps a new instance; returns it. */
  static NewInstance keep(Store store, String patient, String study, int number, String site) {
    return keep(store, patient, study, number, site, ErrorCode.TRUNCATED);
  }

  static NewInstance keep(
      Store store, String patient, String study, int number, String site, ErrorCode flag) {
    String subject = store.ids().subject(patient);
    byte[] content = (patient + study + number).getBytes(StandardCharsets.UTF_8);
    NewInstance instance =
        new NewInstance(
            store.ids().instance(List.of(content), patient, study),
            store.ids().study(subject, study),
            subject,
            InstanceStatus.FLAGGED,
            Modality.XRAY,
            "dicom",
            new Identity(patient, study, "1.2." + number, null, null, null, site, List.of()),
            null,
            List.of(new Flag(flag, "as the test wants it")),
            List.of("film.dcm"),
            content.length,
            List.of(),
            null);
    store.keep(List.of(instance), id -> content);
    return instance;
  }

  static NewDelivery delivery(NewInstance about, String destination, String uid, String content) {
    return new NewDelivery(
        about.study(),
        about.subject(),
        about.id(),
        destination,
        "sr",
        OutgoingObject.DICOM,
        "1.2.840.10008.5.1.4.1.1.88.34",
        uid,
        "1.2.840.10008.1.2.1",
        content.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits until something holds, at most a minute. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Eventually.holds(Duration.ofMinutes(1), () -> "not in time: " + what, condition::getAsBoolean);
  }
}
