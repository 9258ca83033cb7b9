package io.precordia.api.view;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Account of a submission: every file is in exactly one count. */
@Schema(
    description = "Account of a submission; every item is in exactly one count.",
    examples =
        "{\"stored\":1,\"duplicate\":0,\"flagged\":0,\"received\":0,\"failed\":0,\"items\":[{\"files\":[\"chest.dcm\"],\"outcome\":\"stored\","
            + "\"instance\":\"9f86d081884c7d659a2feaa0c55ad015\",\"study\":\"60303ae22b998861bce3b28f33eec1be\","
            + "\"subject\":\"fd61a03af4f77d870fc21e05e7e80678\",\"modality\":\"xray\",\"format\":\"dicom\",\"flags\":[]}]}")
public record ImportAnswer(
    int stored, int duplicate, int flagged, int received, int failed, List<ImportItem> items) {
  public static ImportAnswer of(List<ImportItem> items) {
    return new ImportAnswer(
        count(items, "stored"),
        count(items, "duplicate"),
        count(items, "flagged"),
        count(items, "received"),
        count(items, "failed"),
        items);
  }

  private static int count(List<ImportItem> items, String outcome) {
    return (int) items.stream().filter(item -> item.outcome().equals(outcome)).count();
  }
}
