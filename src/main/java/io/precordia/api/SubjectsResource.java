package io.precordia.api;

import io.precordia.api.view.OrderList;
import io.precordia.api.view.SubjectView;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.InstanceRecord;
import io.precordia.store.OpaqueIds;
import io.precordia.store.Subjects;
import io.precordia.study.PatientId;
import io.precordia.workspace.Records;
import io.precordia.workspace.Workspace;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who is who: looking up, merging and unmerging subjects. */
@Path("/v1/subjects")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subjects", description = "Patients by opaque ids; merges and unmerges")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class SubjectsResource {
  private static final String SOURCE = "rest";
  private static final int LONGEST = 256;
  private final EngineHolder holder;

  SubjectsResource(EngineHolder holder) {
    this.holder = holder;
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getSubject",
      summary = "What is known of a subject",
      description =
          "The id of a subject that was merged away names the one it was merged into; studies and instances are those of the surviving subject.")
  public SubjectView subject(@PathParam("id") String id) {
    Records records = records();
    SubjectView view = view(records, id);
    if (view.instances() == 0 && view.events().isEmpty()) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "no such subject");
    }
    return view;
  }

  @GET
  @Path("/{id}/orders")
  @Operation(
      operationId = "listOrders",
      summary = "What was ordered for a subject by HL7 messages",
      description = "With order numbers, which are patient data.")
  public OrderList orders(@PathParam("id") String id) {
    return new OrderList(holder.engine().workspace().orders().of(id));
  }

  @POST
  @Path("/find")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "findSubject",
      summary = "The subject of a patient identifier",
      description =
          "The answer has the id that such a patient has here, whether or not anything is kept of one: so a merge can be told before the first study comes.")
  public SubjectView find(@Nullable FindSubjectBody body) {
    String identifier = text(body == null ? null : body.identifier());
    String issuer = text(body == null ? null : body.issuer());
    if (identifier.isEmpty()) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "identifier is missing");
    }
    Records records = records();
    return view(records, records.subjectOf(new PatientId(identifier, issuer, "", "").text()));
  }

  @POST
  @Path("/{id}/merge")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "mergeSubject",
      summary = "Report a subject under another",
      description =
          "Everything that came or comes under it belongs to the surviving subject, in records, index and erasure. Nothing is moved, so unmerge gives it back exactly.")
  public SubjectView merge(@PathParam("id") String id, @Nullable MergeBody body) {
    String into = text(body == null ? null : body.into());
    if (!OpaqueIds.isId(id) || !OpaqueIds.isId(into)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "merge takes two subject ids: the merged one in the path, the surviving one as into");
    }
    Workspace workspace = holder.engine().workspace();
    workspace.merge(id, into, SOURCE);
    return view(workspace.records(), workspace.records().surviving(into));
  }

  @POST
  @Path("/{id}/unmerge")
  @RunOnVirtualThread
  @Operation(
      operationId = "unmergeSubject",
      summary = "Undo a merge",
      description = "What came under the subject is reported under it again.")
  public SubjectView unmerge(@PathParam("id") String id) {
    Workspace workspace = holder.engine().workspace();
    workspace.unmerge(id, SOURCE);
    return view(workspace.records(), id);
  }

  private Records records() {
    return holder.engine().workspace().records();
  }

  private static SubjectView view(Records records, String id) {
    String surviving = records.surviving(id);
    List<InstanceRecord> instances = records.ofSubject(surviving);
    return new SubjectView(
        id,
        surviving.equals(id) ? null : surviving,
        records.members(id).stream()
            .filter(member -> !member.equals(id))
            .map(
                member ->
                    new SubjectView.Member(
                        member,
                        (int) instances.stream().filter(r -> r.origin().equals(member)).count()))
            .toList(),
        instances.stream().map(InstanceRecord::study).distinct().toList(),
        instances.size(),
        records.events(id).stream().map(SubjectsResource::event).toList());
  }

  private static SubjectView.Event event(Subjects.Event e) {
    return new SubjectView.Event(e.kind(), e.merged(), e.surviving(), e.source(), e.happened());
  }

  private static String text(@Nullable String value) {
    String text = value == null ? "" : value.strip();
    if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "an identifier has at most " + LONGEST + " characters and no control characters");
    }
    return text;
  }
}
