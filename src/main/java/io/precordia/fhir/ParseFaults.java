package io.precordia.fhir;

import ca.uhn.fhir.parser.ErrorHandlerAdapter;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the toolkit finds wrong in a resource becomes an error that names the element and never the
 * value. The toolkit's own handlers would log values.
 */
final class ParseFaults extends ErrorHandlerAdapter {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\[\\]]{0,60}");

  @Override
  public void containedResourceWithNoId(@Nullable IParseLocation at) {
    throw fault("a contained resource has no id");
  }

  @Override
  public void incorrectJsonType(
      @Nullable IParseLocation at,
      String element,
      ValueType expected,
      @Nullable ScalarType expectedScalar,
      ValueType found,
      @Nullable ScalarType foundScalar) {
    throw fault("the element " + shown(element) + " has the wrong JSON type");
  }

  @Override
  public void unexpectedRepeatingElement(@Nullable IParseLocation at, String element) {
    throw fault("the element " + shown(element) + " may be given only once");
  }

  @Override
  public void unknownAttribute(@Nullable IParseLocation at, String name) {
    throw fault("unknown attribute " + shown(name));
  }

  @Override
  public void unknownElement(@Nullable IParseLocation at, String name) {
    throw fault("unknown element " + shown(name));
  }

  @Override
  public void invalidInternalReference(@Nullable IParseLocation at, String reference) {
    throw fault("a reference leads to a contained resource that is not there");
  }

  @Override
  public void invalidValue(@Nullable IParseLocation at, String value, String error) {
    String parent = at == null ? null : at.getParentElementName();
    throw fault(
        "a value" + (parent == null ? "" : " in " + shown(parent)) + " is not valid for its type");
  }

  @Override
  public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation at) {
    throw fault("an extension has both a value and extensions of its own");
  }

  private static PrecordiaException fault(String message) {
    return new PrecordiaException(
        ErrorCode.INVALID_REQUEST, "the body is not a valid FHIR R4 resource: " + message);
  }

  private static String shown(@Nullable String name) {
    return name != null && NAME.matcher(name).matches() ? "\"" + name + "\"" : "(not shown)";
  }
}
