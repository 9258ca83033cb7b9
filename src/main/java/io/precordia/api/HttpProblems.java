package io.precordia.api;

import io.precordia.error.ErrorCode;

/**
 * Problem documents for errors that the HTTP layer itself finds, before or beside the resources.
 */
final class HttpProblems {
  private HttpProblems() {}

  static Problem of(int status) {
    return switch (status) {
      case 401, 403 -> Problem.of(ErrorCode.FORBIDDEN, "this request is not allowed");
      case 404 -> Problem.of(ErrorCode.NOT_FOUND, "no such route; /q/openapi lists them");
      case 405 ->
          Problem.of(
              ErrorCode.METHOD_NOT_ALLOWED,
              "this route does not take this method; see the Allow header");
      case 406 ->
          Problem.of(
              ErrorCode.NOT_ACCEPTABLE,
              "none of the media types in the Accept header is offered here");
      case 408 ->
          Problem.of(ErrorCode.NOT_READY, "the request did not arrive in time; send it again");
      case 413 ->
          Problem.of(
              ErrorCode.TOO_LARGE,
              "the body is larger than precordia.upload.max-request allows; send fewer files at once");
      case 415 ->
          Problem.of(
              ErrorCode.UNSUPPORTED_FORMAT,
              "this route does not take this Content-Type; /q/openapi names those it takes");
      case 429 -> Problem.of(ErrorCode.BUSY, "the service is busy; try again in a moment");
      case 503 ->
          Problem.of(
              ErrorCode.NOT_READY, "the service is starting or stopping; try again in a moment");
      default ->
          status >= 500
              ? Problem.of(ErrorCode.INTERNAL, "a defect of the service")
              : Problem.of(ErrorCode.INVALID_REQUEST, "the request is malformed");
    };
  }
}
