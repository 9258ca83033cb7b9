package io.precordia.api.view;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A patient as the store knows one: by opaque ids. */
@Schema(description = "A patient as the store knows one: by opaque ids")
public record SubjectView(
    String subject,
    @Schema(
            description =
                "The subject that it was merged into, at the end of the chain; absent if it was not")
        @Nullable String surviving,
    @Schema(description = "Subjects that were merged into it") List<Member> merged,
    @Schema(description = "Studies reported under the surviving subject") List<String> studies,
    int instances,
    List<Event> events) {

  /** A subject that was merged into this one, with how much came under it. */
  public record Member(String subject, int instances) {}

  /** A merge or unmerge. */
  public record Event(
      @Schema(enumeration = {"merge", "unmerge"}) String kind,
      String merged,
      String surviving,
      @Schema(enumeration = {"hl7", "rest"}) String source,
      Instant happened) {}
}
