package io.precordia.api.view;

import io.precordia.store.MessageRefusals;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** HL7 messages that were not accepted. */
public record Hl7RefusalList(List<Item> refusals) {

  /** One of them. */
  public record Item(
      @Schema(description = "Message type and trigger event, for example BAR^P01") String kind,
      @Schema(enumeration = {"AE", "AR", "CE", "CR"}) String acknowledgement,
      @Schema(description = "HL7 table 0357") String condition,
      String reason,
      Instant happened,
      @Schema(description = "MSH-3") String application,
      @Schema(description = "MSH-4") String facility,
      @Schema(description = "MSH-10") String controlId) {}

  public static Hl7RefusalList of(List<MessageRefusals.Refused> refused) {
    return new Hl7RefusalList(
        refused.stream()
            .map(
                r ->
                    new Item(
                        r.kind(),
                        r.acknowledgement(),
                        r.condition(),
                        r.reason(),
                        r.happened(),
                        r.sender().application(),
                        r.sender().facility(),
                        r.sender().controlId()))
            .toList());
  }
}
