package io.precordia.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a resource throws into a problem document. */
public final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  static final String RETRY_AFTER_SECONDS = "2";
  private static final Set<ErrorCode> DEFECTS =
      Set.of(ErrorCode.INTERNAL, ErrorCode.CORRUPT_STORE, ErrorCode.STORAGE_FULL);

  @ServerExceptionMapper
  public Response known(PrecordiaException e) {
    Problem problem = Problem.of(e.code(), String.valueOf(e.getMessage()));
    if (DEFECTS.contains(e.code())) {
      logDefect(problem, e);
    }
    return answer(problem);
  }

  @ServerExceptionMapper
  public Response json(JsonProcessingException e) {
    return answer(Problem.of(ErrorCode.INVALID_REQUEST, JsonFaults.describe(e)));
  }

  @ServerExceptionMapper
  public Response jsonShape(MismatchedInputException e) {
    return answer(Problem.of(ErrorCode.INVALID_REQUEST, JsonFaults.describe(e)));
  }

  @ServerExceptionMapper
  public Response framework(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException fault) {
      return json(fault);
    }
    if (e.getCause() instanceof PrecordiaException known) {
      return known(known);
    }
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    Problem problem = HttpProblems.of(status);
    if (problem.status() == ErrorCode.INTERNAL.status()) {
      logDefect(problem, e);
    }
    Response.ResponseBuilder answer = Response.fromResponse(answer(problem));
    String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer.build();
  }

  @ServerExceptionMapper
  public Response unexpected(Throwable e) {
    Problem problem =
        Problem.of(ErrorCode.INTERNAL, "a defect of the service; its log names this occurrence");
    logDefect(problem, e);
    return answer(problem);
  }

  static Response answer(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status())
            .type(MediaType.valueOf(Problem.MEDIA_TYPE))
            .entity(problem);
    if (problem.status() == ErrorCode.BUSY.status()
        || problem.status() == ErrorCode.NOT_READY.status()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.build();
  }

  /** Frames only: an exception's own message may quote what a client sent. */
  private static void logDefect(Problem problem, Throwable e) {
    LOG.errorf("%s %s", problem.instance(), Traces.withoutMessages(e));
  }
}
