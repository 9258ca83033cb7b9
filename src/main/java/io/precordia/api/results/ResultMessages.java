package io.precordia.api.results;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.hl7.ResultFinding;
import io.precordia.delivery.hl7.ResultMessage;
import io.precordia.dicom.result.Finding;
import io.precordia.store.ImagingOrders;
import io.precordia.store.InstanceRecord;
import io.precordia.store.NewDelivery;
import io.precordia.study.Ecg;
import io.precordia.study.ImagingOrder;
import io.precordia.study.PatientId;
import io.precordia.terminology.Code;
import io.precordia.terminology.FindingCodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what was found as HL7 messages. Thread-safe. */
final class ResultMessages {
  /** What deliveries of messages are called beside the kinds of objects. */
  static final String KIND = "oru";

  private static final Code FILM = new Code("LN", "30745-4", "XR Chest Views");
  private static final Code ECG = new Code("LN", "11524-6", "EKG study");
  private static final int CONTROL_ID = 20;
  private final FindingCodes codes = FindingCodes.load();
  private final ResultMessage.Party sender;
  private final ImagingOrders orders;

  ResultMessages(ResultMessage.Party sender, ImagingOrders orders) {
    this.sender = sender;
    this.orders = orders;
  }

  /**
   * The message about one analysed instance; empty if there is nothing to say, or nobody to say it
   * of.
   */
  Optional<NewDelivery> delivery(
      InstanceRecord instance,
      AnalysedInstance analysed,
      String destination,
      ResultMessage.Party receiver) {
    String patient = instance.identity().subject();
    if (patient == null || analysed.analysis().findings().isEmpty()) {
      return Optional.empty();
    }
    String study = instance.identity().study();
    String uid = study != null && study.matches("[0-9.]{1,64}") ? study : "";
    String accession = analysed.source().accession();
    Optional<ImagingOrder> order =
        orders
            .ofStudy(instance.subject(), uid)
            .or(() -> orders.ofStudy(instance.subject(), accession));
    ResultMessage message =
        new ResultMessage(
            controlId(instance.id(), analysed.analysis().model().sha256()),
            sender,
            receiver,
            PatientId.parse(patient),
            uid,
            order.map(ImagingOrder::placer).orElse(""),
            order.map(ImagingOrder::filler).orElse(""),
            accession.isEmpty() ? order.map(ImagingOrder::accession).orElse("") : accession,
            analysed.content() instanceof Ecg ? ECG : FILM,
            analysed.analysis().made(),
            analysed.analysis().model(),
            findings(analysed.analysis().findings()));
    return Optional.of(
        new NewDelivery(
            instance.study(),
            instance.origin(),
            instance.id(),
            destination,
            KIND,
            OutgoingObject.HL7,
            "",
            message.controlId(),
            "",
            message.bytes()));
  }

  private List<ResultFinding> findings(List<Finding> findings) {
    List<ResultFinding> out = new ArrayList<>();
    for (Finding f : findings) {
      @Nullable Boolean present =
          switch (f.verdict()) {
            case PRESENT -> Boolean.TRUE;
            case ABSENT -> Boolean.FALSE;
            case UNDECIDED -> null;
          };
      out.add(new ResultFinding(codes.of(f.fact()).preferred(), f.probability(), present));
    }
    return out;
  }

  /** The same for the same instance and weights. */
  private static String controlId(String instance, String model) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest((instance + "/" + model).getBytes(StandardCharsets.US_ASCII)))
          .substring(0, CONTROL_ID);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
